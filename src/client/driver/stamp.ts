// A mark on a process that whatever descends from it has too, and that neither another session nor a cleared environment takes away: a soft
// limit of its own for resident memory, which Linux keeps and has not enforced since 2.4.30. Node sets no limits, so a shell does, which
// then becomes the program. Where that cannot be, there is no stamp, and the other ways of knowing must do.

import { accessSync, closeSync, constants, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { basename, delimiter, resolve } from 'node:path'

const shell = '/bin/sh'
const script = 'ulimit -S -m "$1" 2>/dev/null; shift; exec "$@"'
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const bytesPerKilobyte = 1_024
/** As many drivers may a household have: with more kilobytes than that, the number would be of the next one. */
const most = 9_000
const nameOfLimit = 'Max resident set'

/** The limit in kilobytes of the nth driver of a household, whose directory is `root`. From 2.6e15 to 5.4e15: more than any machine has. */
export function stampOf(root: string, nth: number): number | undefined {
  return nth < most ? householdOf(root) * 1e7 + nth : undefined
}

/** What an extended regular expression must be to find the line in `/proc/<pid>/limits` of every driver of a household. */
export function stampPattern(root: string): string {
  return `^${nameOfLimit} +${householdOf(root) * bytesPerKilobyte}[0-9]{7} `
}

export function hasStamp(pid: number, stamp: number): boolean {
  try {
    const line = new RegExp(`^${nameOfLimit} +${BigInt(stamp) * BigInt(bytesPerKilobyte)} `, 'mu')
    return line.test(readFileSync(`/proc/${pid}/limits`, 'latin1'))
  } catch {
    // It has just ended.
    return false
  }
}

/** The command that becomes this one, stamped. As it is where a shell would change anything: there, and how starting fails. */
export function stamped(
  command: readonly string[],
  stamp: number | undefined,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): readonly string[] {
  const [program = ''] = command
  const isLinux = process.platform === 'linux' && isProgram(shell)
  if (stamp === undefined || !isLinux || program.startsWith('-') || !canStart(program, cwd, env['PATH'])) return command
  const lost = lostByShells(env)
  if (lost.length > 0 && (program.includes('=') || !canStart('env', cwd, env['PATH']))) return command
  const given = lost.length > 0 ? ['env', ...lost] : []
  return [shell, '-c', script, 'sh', String(stamp), ...given, ...command]
}

/** Shells lose variables whose names are none of theirs, such as `log.level`; `env` gives them back. */
function lostByShells(env: NodeJS.ProcessEnv): readonly string[] {
  const lost = Object.entries(env).filter(([name]) => !/^[A-Za-z_]\w*$/u.test(name))
  return lost.map(([name, value]) => `${name}=${value}`)
}

/** From 2^28 to 2^29, by the random end of its name. */
function householdOf(root: string): number {
  let number = 0
  for (const letter of basename(root).slice(-6))
    number = (number * digits.length + digits.indexOf(letter) + 1) % 2 ** 28
  return 2 ** 28 + number
}

function canStart(program: string, cwd: string, path = '/usr/bin:/bin'): boolean {
  if (program.includes('/')) return isProgram(resolve(cwd, program))
  return program !== '' && path.split(delimiter).some((folder) => isProgram(resolve(cwd, folder, program)))
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile() && hasInterpreter(file)
  } catch {
    return false
  }
}

/** A script without its interpreter is not found, says the system. */
function hasInterpreter(file: string): boolean {
  const head = Buffer.alloc(256)
  const descriptor = openSync(file, 'r')
  try {
    const length = readSync(descriptor, head)
    const [, interpreter] = /^#![ \t]*(\S+)/u.exec(head.toString('latin1', 0, length)) ?? []
    return interpreter === undefined || existsSync(interpreter)
  } finally {
    closeSync(descriptor)
  }
}
