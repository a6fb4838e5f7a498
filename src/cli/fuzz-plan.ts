// What the flags of `fuzz` mean, checked before anything is played.

import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import type { Mode } from '#fuzz/draw-case.ts'
import type { Part } from '#fuzz/guide.ts'
import { parsePath, type CasePath } from '#fuzz/path.ts'
import { readAmount } from '#scenario/expect-section.ts'
import type { FuzzFlags } from './flags.ts'
import { readPart } from './part.ts'
import { checkFilled, checkHosts, checkSeed } from './select.ts'

export type FuzzPlan = {
  readonly mode: Mode
  readonly how: 'guided' | 'blind' | 'enumerate'
  readonly runs: number
  /** `undefined`: as long as it takes. */
  readonly timeMs: number | undefined
  readonly part: Part
  readonly workers: number
  readonly path: CasePath | undefined
  /** Absolute. */
  readonly regressions: string
  readonly reports: string
}

export function fuzzPlan(flags: FuzzFlags, cwd: string): FuzzPlan {
  checkSeed(flags.seed)
  checkSeed(flags.runSeed)
  checkHosts(flags.dropHost)
  return {
    mode: flags.any || flags.enumerate ? 'any' : 'around',
    how: flags.enumerate ? 'enumerate' : flags.blind ? 'blind' : 'guided',
    runs: flags.path === undefined ? wholeNumber('--runs', flags.runs, limits.campaignRuns) : 1,
    timeMs: flags.time === undefined ? undefined : duration(flags.time),
    part: flags.shard === undefined ? { index: 0, of: 1 } : readPart(flags.shard),
    workers:
      flags.workers === undefined
        ? Math.min(availableParallelism(), limits.cells)
        : wholeNumber('--workers', flags.workers, limits.cells),
    path: flags.path === undefined ? undefined : casePath(flags.path),
    regressions: resolve(cwd, checkFilled('--regressions', flags.regressions)),
    reports: resolve(cwd, checkFilled('--report-dir', flags.reportDir)),
  }
}

function wholeNumber(flag: string, text: string, most: number): number {
  const number = /^\d{1,9}$/u.test(text) ? Number(text) : 0
  if (number >= 1 && number <= most) return number
  throw new UserError(`${flag} takes a whole number from 1 to ${most}, not "${text}".`)
}

function duration(text: string): number {
  const ms = readAmount('ms', text)
  if (ms !== undefined && ms > 0) return ms
  throw new UserError(`--time takes a duration such as 5m, not "${text}".`)
}

function casePath(text: string): CasePath {
  const path = parsePath(text)
  if (path) return path
  throw new UserError(`--path takes a case such as 137 or 137.2, not "${text}".`, {
    hint: 'A counterexample says which under `found`.',
  })
}
