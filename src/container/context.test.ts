import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { sentFiles } from './context.ts'

const folder = mkdtempSync(join(tmpdir(), 'context-'))
afterEach(() => rmSync(folder, { recursive: true }))

test('what is ignored is not sent, at any depth; the Dockerfile is', () => {
  const files = {
    Dockerfile: '',
    'main.mjs': '',
    'lib/a.py': '',
    'lib/__pycache__/a.pyc': '',
    'node_modules/x/index.js': '',
    '.env': '',
    '.env.example': '',
    '.dockerignore': '# ours\n**/__pycache__\nnode_modules\n.env*\n!.env.example\nDockerfile\n',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  expect([...sentFiles(folder, 'Dockerfile')].toSorted()).toEqual(
    ['.dockerignore', '.env.example', 'Dockerfile', 'lib/a.py', 'main.mjs'].toSorted(),
  )
})
