// Every report format. A new one is a file, its test, and a line here.

import { consoleReporter } from './console.ts'
import { jsonReporter } from './json.ts'
import { junitReporter } from './junit.ts'
import type { Reporter } from './reporter.ts'

export const reporters: readonly Reporter[] = [consoleReporter, jsonReporter, junitReporter]
