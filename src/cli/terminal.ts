// What the terminal can show, and writing to it. A reader that went away (`| head`) is no reason to stop judging.

import type { WriteStream } from 'node:tty'
import { UserError } from '#context/user-error.ts'
import { whyUnwritable } from '#context/whole-file.ts'
import { withoutCommands } from '#report/ci/workflow.ts'

export type Environment = Readonly<Record<string, string | undefined>>
export type Screen = { readonly color: boolean; readonly unicode: boolean; readonly columns: number }

const widest = 110
const narrowest = 60
const standard = 106

/** `--no-color` beats NO_COLOR beats FORCE_COLOR beats what the stream is. */
export function screenOf(
  stream: Pick<WriteStream, 'isTTY' | 'columns'>,
  environment: Environment,
  wantsColor: boolean,
): Screen {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '' && FORCE_COLOR !== '0'
  const able = stream.isTTY && TERM !== 'dumb' && FORCE_COLOR !== '0'
  return {
    color: wantsColor && !NO_COLOR && (forced || able),
    unicode: showsUnicode(environment),
    columns: Math.min(widest, columnsOf(stream, environment, standard)),
  }
}

/** COLUMNS, which somebody has set on purpose, beats what the stream says of itself, which beats `usual`. */
export function columnsOf(
  stream: Pick<WriteStream, 'isTTY' | 'columns'>,
  { COLUMNS = '' }: Environment,
  usual: number,
): number {
  const wanted = /^[1-9]\d{0,5}$/u.test(COLUMNS) ? Number(COLUMNS) : null
  return Math.max(narrowest, wanted ?? (stream.isTTY && stream.columns ? stream.columns : usual))
}

/** No locale at all is what CI has, and its logs are UTF-8. */
function showsUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: Environment): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG
  if (TERM === 'dumb' || TERM === 'linux') return false
  return !locale || /utf-?8/iu.test(locale)
}

/** Once, before anything is written. */
export function tolerateClosedPipes(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    throw new UserError(`Cannot write to the standard output: ${whyUnwritable(error)}.`, { isMachine: true })
  })
  // Of the other one nobody can be told.
  process.stderr.on('error', () => {})
}

export function print(text: string): void {
  process.stdout.write(harmless(text.endsWith('\n') ? text : `${text}\n`))
}

export function complain(text: string): void {
  process.stderr.write(`${harmless(text)}\n`)
}

/** Commands to the workflow, on the stream that no format is printed to. */
export function command(lines: string): void {
  process.stderr.write(lines)
}

/** Whether GitHub reads along. */
export function isWorkflow({ GITHUB_ACTIONS }: Environment): boolean {
  return GITHUB_ACTIONS === 'true'
}

function harmless(text: string): string {
  return isWorkflow(process.env) ? withoutCommands(text) : text
}

/** Resolves when everything printed so far has left the process, or cannot any more. */
export async function flushed(): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>((resolve) => {
      if (stream.destroyed || !stream.writable) resolve()
      else stream.write('', () => resolve())
    })
}
