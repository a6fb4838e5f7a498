// `validate`: parses scenario files and says what is wrong with them, all of them, without running anything.

import { isUserError, UserError } from '#context/user-error.ts'
import { plainText } from '#context/foreign-text.ts'
import { loadFile } from '#scenario/load.ts'
import { showPath } from '#scenario/files.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { CommonFlags } from './flags.ts'
import { locate } from './select.ts'
import { print } from './terminal.ts'

type Checked = { readonly file: string; readonly valid: boolean; readonly problem: string | null }

export function validateCommand(wanted: readonly string[], { output }: CommonFlags): ExitCode {
  const cwd = process.cwd()
  const files = new Set(wanted.flatMap((word) => locate(word, cwd)).map(({ file }) => file))
  const checked = [...files].map((file) => check(file, cwd))
  const invalid = checked.filter(({ valid }) => !valid)
  if (output === 'json') print(JSON.stringify(checked, null, 2))
  else {
    for (const { file, problem } of checked) print(problem ?? `${file}: valid`)
    if (checked.length > 1) print(`${checked.length - invalid.length} valid, ${invalid.length} invalid`)
  }
  return invalid.length > 0 ? exitCodes.rejected : exitCodes.pass
}

function check(file: string, cwd: string): Checked {
  const shown = plainText(showPath(file, cwd))
  try {
    loadFile(file, cwd)
    return { file: shown, valid: true, problem: null }
  } catch (error) {
    if (!isUserError(error)) throw error
    return { file: shown, valid: false, problem: plainText(UserError.prototype.toString.call(error)) }
  }
}
