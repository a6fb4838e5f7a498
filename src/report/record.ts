// How each oracle has done so far, as the matrix wrote it down: on clients with planted bugs, and on sound ones.

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { ownFile } from '#context/own-files.ts'
import type { RuleRecord } from './report-schema.ts'

const Count = z.int().nonnegative()
const Records = z.object({
  oracles: z.record(z.string(), z.object({ planted: Count, caught: Count, soundRuns: Count, falseAlarms: Count })),
})

const file = ownFile('fixtures/record.json')
let known: z.infer<typeof Records>['oracles'] | undefined

/** `null` for an oracle that nobody has measured, and where the record is not at hand. */
export function recordOf(oracle: string): RuleRecord | null {
  known ??= read()
  return Object.hasOwn(known, oracle) ? (known[oracle] ?? null) : null
}

function read(): z.infer<typeof Records>['oracles'] {
  try {
    return Records.parse(JSON.parse(readFileSync(file, 'utf8'))).oracles
  } catch {
    return {}
  }
}
