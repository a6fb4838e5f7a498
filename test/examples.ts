// The examples of our pages, which tests play as they are written.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** What a page has as an example, by the name of its file. */
export function exampleIn(page: string, name: string): string {
  const [, example] = readFileSync(join(root, page), 'utf8').split(`<!-- example: ${name} -->\n`)
  const text = /^```\w+\n([^]*?)```/u.exec(example ?? '')?.[1]
  if (text === undefined) throw new Error(`${page} has no example ${name}.`)
  return text
}
