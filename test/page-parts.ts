// What stands as code in our pages: blocks between fences and indented ones, the mark above each, and the commands among them.

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Every page that is checked in, but those that only tests have. */
export const pages: readonly string[] = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && !file.startsWith('test/'))

/** `mark`: what the comment above it says, as `example: desk.ts`. */
export type Part = { readonly text: string; readonly mark: string | null; readonly line: number }

export function partsOf(page: string): readonly Part[] {
  const lines = readFileSync(join(root, page), 'utf8').split('\n')
  const parts: Part[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^( *)```\w*$/u.exec(lines[at] ?? '')
    if (!fence && !isIndented(lines, at)) continue
    const from = fence ? at + 1 : at
    let to = from
    const goesOn = (): boolean =>
      fence
        ? (lines[to] ?? '').trim() !== '```'
        : /^ {4}/u.test(lines[to] ?? '') || (lines[to] === '' && /^ {4}/u.test(lines[to + 1] ?? ''))
    while (to < lines.length && goesOn()) to += 1
    const margin = fence ? (fence[1] ?? '') : '    '
    const text = lines.slice(from, to).map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line))
    parts.push({ text: text.join('\n'), mark: markAbove(lines, at), line: at + 1 })
    at = to
  }
  return parts
}

function isIndented(lines: readonly string[], at: number): boolean {
  return /^ {4}\S/u.test(lines[at] ?? '') && (lines[at - 1] ?? '') === ''
}

function markAbove(lines: readonly string[], at: number): string | null {
  const above = [lines[at - 1], lines[at - 2]].find((line) => line !== '')
  return /^<!-- (.+) -->$/u.exec(above ?? '')?.[1] ?? null
}

/** `null` where it is something else than commands. What a comment says of one is no part of it. */
export function commandsIn({ text }: Part): readonly string[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (!lines.every((line) => /^(?:npm|npx|docker|kubectl|until) /u.test(line))) return null
  return lines.flatMap((line) => line.replace(/\s+# .*$/u, '').split(' && '))
}

/** The part of a page that begins with this line. */
export function partIn(page: string, head: string): string {
  const found = partsOf(page).find(({ text }) => headOf(text) === head)
  if (!found) throw new Error(`${page} has nothing that begins with ${JSON.stringify(head)}.`)
  return found.text
}

export function headOf(text: string): string {
  return text.split('\n')[0]?.trim() ?? ''
}
