// What the browser gets besides the page's own text: the program that draws, made from src/report/html/page by `npm run page`, and
// the style sheet. Both are put into every page, so that a page needs nothing but itself.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ownFile } from '#context/own-files.ts'

export type Assets = { readonly script: string; readonly style: string; readonly scriptHash: string }

const program = ownFile('assets/report-page.js')
const sheet = new URL('page/page.css', import.meta.url)
let known: Assets | undefined

export function assets(): Assets {
  known ??= read()
  return known
}

function read(): Assets {
  const script = readFileSync(program, 'utf8')
  const style = readFileSync(sheet, 'utf8')
  const scriptHash = createHash('sha256').update(script).digest('base64')
  return { script, style, scriptHash }
}
