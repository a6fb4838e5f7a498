// Tries the mutants of one file: each is tested stage by stage until something notices.

import { basename } from 'node:path'
import type { Hand } from './hands.ts'
import { mutate, type Mutant } from './mutants.ts'
import type { Stage, Subject } from './subjects.ts'

/** A stage as it goes without any mutant. */
type Proven = Stage & { readonly limitMs: number }

/** The tests that pass as the code is; one that fails anyway can notice nothing. */
export async function provenStages({ file, stages, name }: Subject, hand: Hand, say: (text: string) => void) {
  const proven: Proven[] = []
  for (const { tests, named } of stages) {
    const first = await hand.attempt({ file, text: null, tests, named }, 120_000)
    const failed = first?.failed ?? tests
    const passing = tests.filter((test) => !failed.includes(test))
    if (failed.length > 0)
      say(`${name}: ${failed.map((test) => basename(test)).join(', ')} fail as they are and are left out`)
    if (passing.length === 0) continue
    const startedAt = performance.now()
    const again = await hand.attempt({ file, text: null, tests: passing, named }, 120_000)
    const limitMs = 5_000 + 5 * (performance.now() - startedAt)
    if (again && !again.noticed && again.ran > 0) proven.push({ tests: passing, named, limitMs })
  }
  return proven
}

/** Whether a test fails, or does not come back. */
export async function isNoticed(mutant: Mutant, { file, text }: Subject, stages: readonly Proven[], hand: Hand) {
  const mutated = mutate(text, mutant)
  for (const { limitMs, ...stage } of stages) {
    const end = await hand.attempt({ file, text: mutated, ...stage }, limitMs)
    if (!end || end.noticed) return true
  }
  return false
}
