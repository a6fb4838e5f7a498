// What a command writes: reports about all runs, and in a folder for each of several its own. What an earlier command left there lies
// aside meanwhile, and comes back when not everything can be written.

import { join } from 'node:path'
import { clientLogFile, historyFile, indexPageFile, isNumberedPage, reportFiles, runPageFile } from '#report/files.ts'
import { setAside, type Older } from '#report/older.ts'
import type { Reporter, ReportOptions } from '#report/reporter.ts'
import { prepareReportDirectory, writeReport } from '#report/write.ts'
import type { Losses } from './losses.ts'
import { writePages } from './pages.ts'
import type { Ended } from './run-all.ts'
import { showPath } from './show-path.ts'

/** All folders before the first run: what is wrong with the last must not cost the verdicts of the others. */
export async function clearTheWay(cwd: string, directory: string, folders: readonly string[]): Promise<Older> {
  for (const folder of folders) await prepareReportDirectory(folder, showPath(cwd, folder))
  const below = folders.filter((folder) => folder !== directory)
  return setAside([
    {
      directory,
      files: [...reportFiles, runPageFile, indexPageFile, historyFile, clientLogFile],
      also: isNumberedPage,
    },
    ...below.map((folder) => ({ directory: folder, files: ['report.json', runPageFile, historyFile, clientLogFile] })),
  ])
}

/** Either all that is new is there, or what was there before is: then true. */
export async function settle(older: Older, losses: Losses): Promise<boolean> {
  if (losses.any) return older.restore()
  await older.discard()
  return false
}

/** Behind the sentences that name what could not be written. */
export const olderInWords = 'The reports of an earlier run, which are whole, were left there instead.'

/** What was interrupted has no report; neither has the whole of which it is a part. */
export async function writeAll(
  directory: string,
  ended: readonly Ended[],
  reporters: readonly Reporter[],
  options: ReportOptions,
  losses: Losses,
): Promise<void> {
  const write = (path: string, text: string) => losses.attempt(() => writeReport(path, text))
  const results = ended.map(({ result }) => result)
  const whole = results.every(({ kind }) => kind !== 'interrupted')
  for (const { name, file, render } of reporters) {
    if (file === null) continue
    if (whole) await write(join(directory, file), render(results, options))
    if (name !== 'json') continue
    for (const { folder, result } of ended)
      if (folder !== directory && result.kind !== 'interrupted')
        await write(join(folder, file), render([result], { ...options, complaints: [] }))
  }
  for (const { folder, result } of ended)
    if (result.environment.clientLog) await write(join(folder, clientLogFile), result.environment.clientLog)
  await writePages(directory, ended, options, write)
}
