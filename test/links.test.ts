// Goal: no page leads nowhere. Method: every relative link of every page that is checked in, to its file and to its heading.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { linksIn } from './links.ts'

const root = join(import.meta.dirname, '..')
const pages = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && !file.startsWith('test/'))

/** As GitHub calls them. */
function headingsOf(text: string): readonly string[] {
  const plain = text.replaceAll(/^```[^]*?^```/gmu, '')
  return Array.from(plain.matchAll(/^#+ (.*)$/gmu), ([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

test.for(pages)('every link of %s leads somewhere', (page) => {
  const broken = linksIn(readFileSync(join(root, page), 'utf8')).filter((link) => {
    const [path = '', heading] = link.split('#')
    const file = path === '' ? join(root, page) : join(root, dirname(page), path)
    if (!existsSync(file) || relative(root, file).startsWith('..')) return true
    return heading !== undefined && !headingsOf(readFileSync(file, 'utf8')).includes(heading)
  })
  expect(broken).toEqual([])
})
