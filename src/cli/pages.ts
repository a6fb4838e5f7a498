// The pages of a command: one for each run, beside its history, and one above them when there are several.

import { join, relative } from 'node:path'
import type { RunResult } from '#engine/run-result.ts'
import { indexPageFile, runPageFile } from '#report/files.ts'
import type { ReportOptions } from '#report/reporter.ts'

export type Shown = { readonly folder: string; readonly file?: string; readonly result: RunResult }
type Write = (path: string, text: string) => Promise<void>

/** What was interrupted has no page. */
export async function writePages(
  directory: string,
  shown: readonly Shown[],
  options: ReportOptions,
  write: Write,
): Promise<void> {
  const whole = shown.filter(({ result }) => result.kind !== 'interrupted')
  const { runPage } = await import('#report/html/run-page.ts')
  for (const { folder, file = runPageFile, result } of whole) await write(join(folder, file), runPage(result, options))
  if (shown.length < 2 || whole.length < shown.length) return
  const { indexPage } = await import('#report/html/index-page.ts')
  const entries = whole.map(({ folder, file = runPageFile, result }) => {
    return { result, page: relative(directory, join(folder, file)).replaceAll('\\', '/') }
  })
  await write(join(directory, indexPageFile), indexPage(entries, options))
}
