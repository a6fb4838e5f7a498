// Which version this is.

import { readFileSync } from 'node:fs'

/** Of this tool, as its package says it. */
export function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
