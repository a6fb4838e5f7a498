// `--against`: runs compared with a baseline that was saved before. What is worse makes the command fail; what cannot be compared is a
// mistake, said before anything runs where that is known.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { oneLine, plainText } from '#context/foreign-text.ts'
import { UserError } from '#context/user-error.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { Profile } from '#history/header.ts'
import { changeInWords, compare, type Change } from '#report/baseline/compare.ts'
import { entryOf, keyOf } from '#report/baseline/entry.ts'
import { readBaseline, type Saved } from '#report/baseline/read.ts'
import { reportOf } from '#report/report.ts'
import { readText, showPath } from '#scenario/files.ts'
import { checkFilled } from './select.ts'

const usualBaseline = 'chaos.baseline.yaml'

export type Against = { readonly file: string; readonly saved: readonly Saved[]; readonly tolerance: number }
type Planned = {
  readonly scenario: string
  readonly client: string
  readonly seed: string
  readonly profile: Profile
}
type Flags = { readonly against?: string | false; readonly tolerance: string }

/** `null` when nothing is to be compared. Throws UserError. */
export function readAgainst({ against, tolerance }: Flags, cwd: string): Against | null {
  if (against === undefined || against === false) return null
  const share = /^(\d{1,3})%$/u.exec(tolerance)?.[1]
  if (share === undefined)
    throw new UserError(`"${tolerance}" is no tolerance.`, { hint: 'Write a percentage: --tolerance 10%' })
  const file = baselineFile(checkFilled('--against', against), cwd)
  const shown = showPath(file, cwd)
  if (!existsSync(file))
    throw new UserError(`There is no baseline "${shown}".`, {
      hint: 'After a run, write one with: baseline save. Where a config names one, that run takes --no-against.',
    })
  return { file: shown, saved: readBaseline(readText(file, shown, 'baseline'), shown), tolerance: Number(share) / 100 }
}

/** The word `baseline` means the usual file, unless there is one of that name. */
export function baselineFile(word: string, cwd: string): string {
  const file = resolve(cwd, word)
  return word === 'baseline' && !existsSync(file) ? resolve(cwd, usualBaseline) : file
}

/** Before anything runs. Of several, some may have nothing to compare: they may not even be judged. */
export function checkComparable({ file, saved }: Against, planned: readonly Planned[]): void {
  const pairs = planned.map((run) => ({ run, entry: find(saved, run) }))
  const [first] = pairs
  if (first && pairs.every(({ entry }) => !entry)) throw unknown(file, saved, first.run)
  for (const { run, entry } of pairs) {
    if (entry && entry.seed !== run.seed)
      throw new UserError(`this was saved with the seed ${quoted(entry.seed)}, and the run has ${quoted(run.seed)}`, {
        place: entry.placeOf('seed'),
        hint: `Run it with the same: --seed ${entry.seed}`,
      })
    if (entry && entry.profile !== run.profile)
      throw new UserError(`this was saved with the profile ${entry.profile}, and the run has ${run.profile}`, {
        place: entry.placeOf('profile'),
        hint: `Run it with the same: --profile ${entry.profile}`,
      })
  }
}

function find(saved: readonly Saved[], { scenario, client }: Pick<Planned, 'scenario' | 'client'>): Saved | undefined {
  const [one, other] = [keyOf(plainText(scenario)), keyOf(plainText(client))]
  return saved.find((entry) => entry.scenario === one && entry.client === other)
}

function unknown(file: string, saved: readonly Saved[], { scenario, client }: Planned): UserError {
  const clients = saved.filter((entry) => entry.scenario === scenario).map((entry) => entry.client)
  const scenarios = [...new Set(saved.map((entry) => entry.scenario))].slice(0, 12)
  const known =
    clients.length > 0
      ? `It has that scenario with ${clients.join(', ')}.`
      : `It has ${scenarios.length === 0 ? 'no runs' : scenarios.join(', ')}.`
  return new UserError(`the baseline has no run of ${quoted(scenario)} with the client ${quoted(client)}`, {
    place: { file, ...(clients.length > 0 && saved.find((entry) => entry.scenario === scenario)?.place) },
    hint: `${known} Add this run with: baseline save`,
  })
}

function quoted(text: string): string {
  return JSON.stringify(oneLine(text))
}

type Compared = {
  readonly changes: (result: RunResult) => readonly Change[] | null
  /** In sentences, one for each run that is worse. */
  readonly complaints: readonly string[]
  readonly missing: readonly UserError[]
}

/** `null` compares nothing. */
export function compareAll(against: Against | null, results: readonly RunResult[]): Compared {
  if (!against) return { changes: () => null, complaints: [], missing: [] }
  const { file, saved, tolerance } = against
  const { runs } = reportOf(results, { reproduce: () => '', record: () => null })
  const found = new Map<RunResult, readonly Change[]>()
  const complaints: string[] = []
  const missing: UserError[] = []
  runs.forEach((run, index) => {
    const result = results[index]
    if (!result || run.kind !== 'judged') return
    const entry = find(saved, run)
    if (!entry) missing.push(unknown(file, saved, run))
    else {
      const all = compare(entry, entryOf(run), tolerance)
      found.set(result, all)
      complaints.push(...complaintOf(entry, all))
    }
  })
  return { changes: (result) => found.get(result) ?? null, complaints, missing }
}

function complaintOf({ scenario, client, place }: Saved, changes: readonly Change[]): string[] {
  const worse = changes.filter(({ is }) => is === 'worse')
  if (worse.length === 0) return []
  const words = worse.slice(0, 5).map(changeInWords).join(', ')
  const more = worse.length > 5 ? ` and ${worse.length - 5} more` : ''
  const sentence = `${scenario} with the client ${client} is worse than the baseline: ${words}${more}`
  return [new UserError(sentence, { place }).toString()]
}
