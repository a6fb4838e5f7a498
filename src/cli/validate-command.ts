// `validate`: parses scenario files and says what is wrong with them, all of them, without running anything; once, or
// again whenever one changes.

import { dirname, join } from 'node:path'
import { formatDuration } from '#clock/instant.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { plainText } from '#context/foreign-text.ts'
import { loadFile } from '#scenario/load.ts'
import { filesOfServices } from '#scenario/read-service.ts'
import { isOfPackage, kindOf, showPath } from '#scenario/files.ts'
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
  readonly ofPackage: boolean
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
    // Nobody who checks all of theirs wants to read these one by one; who names them does.
    const isAll = wanted.every((word) => word === 'all')
    const [passed, told] = split(checked, ({ valid, ofPackage }) => isAll && valid && ofPackage)
    for (const { file, problem, holds } of told)
      if (problem !== null || !quiet) print(problem ?? `${file}: valid${verbose ? `, ${holds}` : ''}`)
    if (passed.length > 0 && !quiet) print(`${passed.length} that come with brownout: valid`)
    if (checked.length > 1 && !quiet) print(`${checked.length - invalid.length} valid, ${invalid.length} invalid`)
  }
  return invalid.length > 0 ? exitCodes.rejected : exitCodes.pass
}

function split<T>(all: readonly T[], fits: (one: T) => boolean): readonly [T[], T[]] {
  return [all.filter((one) => fits(one)), all.filter((one) => !fits(one))]
}

function check(file: string, cwd: string): Checked {
  const [shown, ofPackage] = [plainText(showPath(file, cwd)), isOfPackage(file, cwd)]
  try {
    const { spanMs, phases, faults, loads, variants } = loadFile(file, cwd)
    const holds = [
      formatDuration(spanMs),
      ...Object.entries({ phases, faults, loads, variants }).map(([what, { length }]) => `${length} ${what}`),
    ]
    return { file: shown, valid: true, problem: null, holds: holds.join(', '), ofPackage }
  } catch (error) {
    if (!isUserError(error)) throw error
    return {
      file: shown,
      valid: false,
      problem: plainText(UserError.prototype.toString.call(error)),
      holds: '',
      ofPackage,
    }
  }
}
