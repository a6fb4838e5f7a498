// In a process of its own, because the runner of these tests compiles what it imports.

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { rootOf } from './sender.ts'

const files = {
  'package.json': '{ "type": "module" }',
  'src/desk.js': `export const read = (send) => send()
export const later = async (send) => {
  await null
  return send()
}
export const jealous = (send) => {
  Error.stackTraceLimit = 3
  Error.prepareStackTrace = () => 'mine'
  return send() + ' ' + Error.stackTraceLimit + ' ' + new Error('x').stack
}
export const frozen = (send) => {
  Object.freeze(Error)
  return send() ?? 'nothing'
}
`,
  'src/typed.ts': `interface Unused { readonly a: number }

export const read = (send: () => unknown): unknown => send()
`,
  'src/old.cjs': '\n\nexports.read = (send) => send()\n',
  'src/kit.js': `import { call } from '../node_modules/kit/index.js'

export const read = async (send) => await call(send)
`,
  'node_modules/kit/index.js': `export const call = async (send) => {
  await null
  return send()
}
`,
  'src/mixed.js': `import { call } from '../node_modules/secretive/index.js'

export const read = async (send) => {
  const hidden = new Set()
  for (let nth = 0; nth < 30; nth += 1) hidden.add(await call(send))
  return [...hidden].map(String) + ' ' + send()
}
`,
  'node_modules/secretive/index.js': `export const call = (send) => new Promise((resolve) => setImmediate(() => resolve(send())))
`,
  'probe.mjs': `const [sender, root, file, name] = process.argv.slice(2)
const { createSenders } = await import(sender)
const senders = createSenders(root)
const module = await import(file)
const send = () => senders.lineOf(send)
console.log(String(await module[name](send)))
`,
}

const root = mkdtempSync(join(tmpdir(), 'sender-'))
for (const [file, text] of Object.entries(files)) {
  mkdirSync(join(root, file, '..'), { recursive: true })
  writeFileSync(join(root, file), text)
}
const urlOf = (file: string): string => new URL(file, `${pathToFileURL(root).href}/`).href

function lineIn(file: string, name = 'read', from = root): string {
  const sender = new URL('sender.ts', import.meta.url).href
  return execFileSync(process.execPath, [join(root, 'probe.mjs'), sender, from, urlOf(file), name], {
    encoding: 'utf8',
  }).trim()
}

test.for([
  ['the caller', 'src/desk.js', 'read', 'src/desk.js:1'],
  ['the caller, after a pause', 'src/desk.js', 'later', 'src/desk.js:4'],
  ['whoever awaits a package', 'src/kit.js', 'read', 'src/kit.js:3'],
  [
    'whoever sends by himself, after a package that hides its callers',
    'src/mixed.js',
    'read',
    'undefined src/mixed.js:6',
  ],
  ['TypeScript', 'src/typed.ts', 'read', 'src/typed.ts:3'],
  ['a CommonJS module', 'src/old.cjs', 'read', 'src/old.cjs:3'],
  ['a module that was loaded again', 'src/desk.js?life=7', 'read', 'src/desk.js:1'],
  ['a client with stacks of its own, which stay', 'src/desk.js', 'jealous', 'src/desk.js:9 3 mine'],
  ['a client that froze them', 'src/desk.js', 'frozen', 'nothing'],
] as const)('the line is that of %s', ([, file, name, line]) => {
  expect(lineIn(file, name)).toBe(line)
})

test('a file outside the root is told by its name', () => {
  expect(lineIn('src/desk.js', 'read', join(root, 'elsewhere'))).toBe('desk.js:1')
})

test('a package that is the client itself is its own code, wherever it is installed', () => {
  expect(lineIn('node_modules/kit/index.js', 'call', join(root, 'node_modules/kit'))).toBe('index.js:3')
})

test('the root is the folder of the package', () => {
  expect(rootOf(`${urlOf('src/desk.js')}?life=2`)).toBe(root)
})
