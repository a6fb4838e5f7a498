// From the end of one run to one cell of the matrix.

import type { RunResult } from '#engine/run-result.ts'
import type { Play } from './plan.ts'

export type Cell = {
  readonly client: string
  readonly scenario: string
  readonly seed: string
  /** What had to fail; `null` for a sound client. */
  readonly declared: readonly string[] | null
  /**
   * Of a broken client: `caught` by all that it declares, only by others (`another`), or by nobody (`missed`).
   * Of a sound one: `clean`, `unproven` when the run proves nothing, or an `alarm`.
   */
  readonly is: 'caught' | 'another' | 'missed' | 'clean' | 'unproven' | 'alarm'
  /** Every oracle that failed, without those that are not asked. */
  readonly failed: readonly string[]
  /** Every oracle that had enough to judge. */
  readonly armed: readonly string[]
  /** The fault-free twin was unhealthy, and the verdicts are about it. */
  readonly withoutFaults: boolean
  readonly because: string
}

/** A sound client fails this oracle in this scenario, and rightly: what the scenario expects was never its job. */
export type NotAsked = {
  readonly client: string
  readonly scenario: string
  readonly oracle: string
  readonly because: string
}

export function judgeCell(play: Play, result: RunResult, notAsked: readonly NotAsked[] = []): Cell {
  const { client, row, seed, declared } = play
  const who = { client, scenario: row.name, seed, declared }
  if (result.kind !== 'judged') return { ...who, ...unjudged(result, declared !== null) }
  const excused = declared ? [] : notAsked.filter((one) => one.client === client && isRow(row.name, one.scenario))
  const named = (kinds: readonly string[]) => [
    ...new Set(result.verdicts.filter(({ verdict }) => kinds.includes(verdict)).map(({ oracle }) => oracle)),
  ]
  const isExcused = (oracle: string) => excused.some((one) => one.oracle === oracle)
  const failed = named(['fail']).filter((oracle) => !isExcused(oracle))
  const threw = named(['error'])
  const { withoutFaults, because } = result
  const facts = { ...who, failed, armed: named(['pass', 'fail']), withoutFaults, because }
  if (declared) return { ...facts, is: catchOf(declared, failed) }
  if (failed.length > 0 || threw.length > 0) return { ...facts, failed: [...failed, ...threw], is: 'alarm' }
  const isClean = result.outcome === 'pass' || named(['fail']).some(isExcused)
  return { ...facts, is: isClean ? 'clean' : 'unproven' }
}

function catchOf(declared: readonly string[], failed: readonly string[]): 'caught' | 'another' | 'missed' {
  if (declared.every((oracle) => failed.includes(oracle))) return 'caught'
  return failed.length > 0 ? 'another' : 'missed'
}

/** A file with variants may be meant by its bare name. */
function isRow(row: string, scenario: string): boolean {
  return row === scenario || row.startsWith(`${scenario}:`)
}

/** A scenario that has nothing for a client proves nothing. Anything else that is not judged went wrong here. */
function unjudged(result: Exclude<RunResult, { kind: 'judged' }>, isBroken: boolean) {
  const nothing = { failed: [], armed: [], withoutFaults: false, because: reasonOf(result) }
  if (isBroken) return { ...nothing, is: 'missed' as const }
  return { ...nothing, is: result.kind === 'not-applicable' ? ('unproven' as const) : ('alarm' as const) }
}

function reasonOf(result: Exclude<RunResult, { kind: 'judged' }>): string {
  if (result.kind === 'harness-error') return `The harness failed: ${result.message}`
  if (result.kind === 'interrupted') return 'The run was interrupted.'
  return result.problem.message
}
