// `validate`: parses scenario files and says what is wrong with them, all of them, without running anything; once, or
// again whenever one changes.

import { dirname, join } from 'node:path'
import { formatDuration } from '#clock/instant.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { plainText } from '#context/foreign-text.ts'
import { loadFile } from '#scenario/load.ts'
import { filesOfServices } from '#scenario/read-service.ts'
import { kindOf, showPath } from '#scenario/files.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { CommonFlags } from './flags.ts'
import { watchInterrupts } from './interrupt.ts'
import { locate } from './select.ts'
import { complain, print } from './terminal.ts'
import { onEachChange } from './watching.ts'

/** `holds`: how much is in it, for who wants to know. */
type Checked = {
  readonly file: string
  readonly valid: boolean
  readonly problem: string | null
  readonly holds: string
}

export type ValidateFlags = CommonFlags & { readonly watch: boolean }

export async function validateCommand(wanted: readonly string[], flags: ValidateFlags): Promise<ExitCode> {
  const cwd = process.cwd()
  let code = checkAll(wanted, flags, cwd)
  if (!flags.watch) return code
  const interrupts = watchInterrupts()
  try {
    const scenarios = wanted.flatMap((word) => locate(word, cwd)).map(({ file }) => file)
    const own = join(cwd, 'scenarios')
    const directories = (): readonly string[] => [
      ...new Set([...scenarios, ...filesOfServices()].map(dirname)),
      ...(kindOf(own) === 'directory' ? [own] : []),
    ]
    const work = (): void => {
      code = again(wanted, flags, cwd)
    }
    await onEachChange(directories, interrupts.signal, work, () => complain('Watching; Ctrl-C ends it.'))
    return code
  } finally {
    interrupts.stop()
  }
}

/** What was named may be gone for a moment, or misspelt now: that is no reason to stop watching. */
function again(wanted: readonly string[], flags: ValidateFlags, cwd: string): ExitCode {
  try {
    return checkAll(wanted, flags, cwd)
  } catch (error) {
    if (!isUserError(error)) throw error
    complain(plainText(UserError.prototype.toString.call(error)))
    return exitCodes.rejected
  }
}

function checkAll(wanted: readonly string[], { output, quiet, verbose }: ValidateFlags, cwd: string): ExitCode {
  const files = new Set(wanted.flatMap((word) => locate(word, cwd)).map(({ file }) => file))
  const checked = [...files].map((file) => check(file, cwd))
  const invalid = checked.filter(({ valid }) => !valid)
  if (output === 'json')
    print(
      JSON.stringify(
        checked.map(({ file, valid, problem }) => ({ file, valid, problem })),
        null,
        2,
      ),
    )
  else {
    for (const { file, problem, holds } of checked)
      if (problem !== null || !quiet) print(problem ?? `${file}: valid${verbose ? `, ${holds}` : ''}`)
    if (checked.length > 1 && !quiet) print(`${checked.length - invalid.length} valid, ${invalid.length} invalid`)
  }
  return invalid.length > 0 ? exitCodes.rejected : exitCodes.pass
}

function check(file: string, cwd: string): Checked {
  const shown = plainText(showPath(file, cwd))
  try {
    const { spanMs, phases, faults, loads, variants } = loadFile(file, cwd)
    const holds = [
      formatDuration(spanMs),
      ...Object.entries({ phases, faults, loads, variants }).map(([what, { length }]) => `${length} ${what}`),
    ]
    return { file: shown, valid: true, problem: null, holds: holds.join(', ') }
  } catch (error) {
    if (!isUserError(error)) throw error
    return { file: shown, valid: false, problem: plainText(UserError.prototype.toString.call(error)), holds: '' }
  }
}
