// `baseline save`: the figures of recorded runs as the file that later runs are compared with. Runs that it has already are replaced,
// others stay.

import { existsSync } from 'node:fs'
import { oneLine } from '#context/foreign-text.ts'
import { UserError } from '#context/user-error.ts'
import { writeWhole } from '#context/whole-file.ts'
import { entryOf, type Entry } from '#report/baseline/entry.ts'
import { readBaseline } from '#report/baseline/read.ts'
import { baselineText } from '#report/baseline/text.ts'
import { reportOf } from '#report/report.ts'
import { readText, showPath as showFile } from '#scenario/files.ts'
import { baselineFile } from './against.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { judgeHistory, locateHistories } from './histories.ts'
import { checkFilled } from './select.ts'
import { showPath } from './show-path.ts'
import { print } from './terminal.ts'

export type BaselineFlags = { readonly file: string; readonly quiet: boolean; readonly verbose: boolean }

export function baselineSaveCommand(wanted: readonly string[], { file, quiet, verbose }: BaselineFlags): ExitCode {
  const cwd = process.cwd()
  const target = baselineFile(checkFilled('--file', file), cwd)
  const shown = showFile(target, cwd)
  const before = existsSync(target) ? readBaseline(readText(target, shown, 'baseline'), shown) : []
  const histories = [...new Set(wanted.flatMap((word) => locateHistories(word, cwd)))]
  const entries = new Map<string, { readonly entry: Entry; readonly from: string }>()
  for (const history of histories) {
    const from = showPath(cwd, history)
    const entry = entryFrom(history, from)
    const twin = entries.get(keyOf(entry))
    if (twin)
      throw new UserError(
        `${twin.from} and ${from} are both runs of ${entry.scenario} with the client ${entry.client}.`,
        {
          hint: 'Name the one that is to be saved.',
        },
      )
    entries.set(keyOf(entry), { entry, from })
  }
  const kept = before.filter((entry) => !entries.has(keyOf(entry)))
  const saved = Array.from(entries.values(), ({ entry }) => entry)
  writeWhole(target, baselineText([...kept, ...saved]), {
    what: 'the baseline',
    hint: 'Choose another place with --file.',
  })
  if (verbose)
    for (const { entry, from } of entries.values())
      print(oneLine(`${from}: ${entry.scenario} with the client ${entry.client}, seed ${entry.seed}: ${entry.outcome}`))
  if (!quiet)
    print(
      `${shown}: saved ${counted(saved.length, 'run')}${kept.length === 0 ? '' : `, kept ${kept.length} as before`}.`,
    )
  return exitCodes.pass
}

function keyOf({ scenario, client }: Entry): string {
  return JSON.stringify([scenario, client])
}

function entryFrom(history: string, shown: string): Entry {
  const result = judgeHistory(history, shown, { overrides: [] })
  const [run] = reportOf([result], { reproduce: () => '', record: () => null }).runs
  if (run?.kind === 'judged' && !run.withoutFaults) return entryOf(run)
  throw new UserError(
    'this is the history of a client that was not healthy without faults; it says nothing of how it degrades',
    {
      place: { file: shown },
      hint: 'Save the baseline of a run that was judged.',
    },
  )
}

function counted(count: number, what: string): string {
  return count === 1 ? `one ${what}` : `${count} ${what}s`
}
