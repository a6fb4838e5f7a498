// Every report format. A new one is a file, its test, and a line here; what it writes is also in `files.ts`.

import { annotationsReporter } from './ci/annotations.ts'
import { sarifReporter } from './ci/sarif.ts'
import { tapReporter } from './ci/tap.ts'
import { consoleReporter } from './console.ts'
import { jsonReporter } from './json.ts'
import { junitReporter } from './junit.ts'
import { summaryReporter } from './markdown/summary.ts'
import type { Reporter } from './reporter.ts'

export const reporters: readonly Reporter[] = [
  consoleReporter,
  jsonReporter,
  junitReporter,
  sarifReporter,
  summaryReporter,
  tapReporter,
  annotationsReporter,
]
