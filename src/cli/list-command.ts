// `list`: the scenarios there are, by name. A broken file is listed too, as broken.

import { isUserError } from '#context/user-error.ts'
import { formatDuration } from '#clock/instant.ts'
import { alignColumns } from '#report/layout.ts'
import { oneLine } from '#context/foreign-text.ts'
import { loadFile } from '#scenario/load.ts'
import { knownScenarios, showPath, type ScenarioFile } from '#scenario/locate.ts'
import type { CommonFlags } from './flags.ts'
import { print } from './terminal.ts'

type Listed = {
  readonly name: string
  readonly file: string
  readonly title: string | null
  readonly severity: string | null
  readonly date: string | null
  readonly spanMs: number | null
}

export function listCommand({ output }: CommonFlags): void {
  const cwd = process.cwd()
  const listed = knownScenarios(cwd).map((found) => describe(found, cwd))
  if (output === 'json') return print(JSON.stringify(listed, null, 2))
  if (listed.length === 0) return print('There are no scenarios here.')
  const rows = listed.map(({ name, severity, date, spanMs, title }) =>
    [
      name,
      severity ?? '-',
      date ?? '-',
      spanMs === null ? '-' : formatDuration(spanMs),
      title ?? 'invalid; see what "validate" says',
    ].map(oneLine),
  )
  const table = alignColumns(
    [['scenario', 'severity', 'date', 'span', 'title'], ...rows],
    ['left', 'left', 'left', 'right', 'left'],
  )
  print(table.join('\n'))
}

function describe({ name, file }: ScenarioFile, cwd: string): Listed {
  const shown = showPath(file, cwd)
  try {
    const { title, source, spanMs } = loadFile(file, cwd)
    return { name, file: shown, title, severity: source.severity, date: source.date, spanMs }
  } catch (error) {
    if (!isUserError(error)) throw error
    return { name, file: shown, title: null, severity: null, date: null, spanMs: null }
  }
}
