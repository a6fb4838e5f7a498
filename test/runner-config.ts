// The config of the runner in a project of a test, where `brownout` is this checkout.

import { join } from 'node:path'

const source = join(import.meta.dirname, '../src')

export const runnerConfig = `export default { resolve: { alias: [
  { find: /^brownout$/u, replacement: ${JSON.stringify(join(source, 'index.ts'))} },
  { find: /^brownout\\/vitest$/u, replacement: ${JSON.stringify(join(source, 'vitest/index.ts'))} },
] } }`
