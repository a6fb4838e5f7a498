// Tries the mutants of one file: each is tested stage by stage until something notices.

import type { Hand } from './hands.ts'
import { mutate, type Mutant } from './mutants.ts'
import type { Stage, Subject } from './subjects.ts'

/** A stage as it goes without any mutant. */
type Proven = Stage & { readonly limitMs: number }

/** Stages that pass as the code is; a stage that fails anyway can notice nothing. */
export async function provenStages({ file, stages, name }: Subject, hand: Hand, say: (text: string) => void) {
  const proven: Proven[] = []
  for (const stage of stages) {
    const startedAt = performance.now()
    const end = await hand.attempt({ file, text: null, ...stage }, 120_000)
    const limitMs = 5_000 + 5 * (performance.now() - startedAt)
    if (end && !end.noticed && end.ran > 0) proven.push({ ...stage, limitMs })
    else
      say(
        `${name}: ${stage.tests.length > 1 ? 'the tests' : stage.tests[0]?.split('/').at(-1)} fail without any mutant, and are left out`,
      )
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
