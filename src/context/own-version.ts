// Which version this is.

import { readFileSync } from 'node:fs'
import { ownFile } from './own-files.ts'

/** Of this tool, as its package says it. */
export function ownVersion(): string {
  const text = readFileSync(ownFile('package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
