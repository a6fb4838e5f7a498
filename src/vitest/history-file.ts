// A history that a run has left, for expectations about it.

import { readFileSync } from 'node:fs'
import type { History } from '#history/history.ts'
import { readHistory } from '#history/read-history.ts'

/** Throws when the file is no whole history. */
export function readHistoryFile(file: string): History {
  return readHistory(readFileSync(file, 'utf8'), file)
}
