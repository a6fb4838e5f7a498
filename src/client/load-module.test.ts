// Client files as users have them, loaded by a real Node process: in a directory of their own, outside this repository.

import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const directory = mkdtempSync(join(tmpdir(), 'brownout-clients-'))
const loader = join(directory, 'load.mjs')
const rest = "promises: { 'me.read': {} }, create: () => ({ operations: { 'me.read': () => 1 } }) })"

const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "module" }',
  'load.mjs': `
    import { loadClient } from ${JSON.stringify(new URL('load-module.ts', import.meta.url).href)}
    import net from 'node:net'
    const answers = []
    let connections = 0
    net.Socket.prototype.connect = () => { connections += 1 }
    for (const file of process.argv.slice(2)) {
      const loaded = loadClient(file, ${JSON.stringify(directory)})
      answers.push(await loaded.then(({ name }) => name, (error) => error.name === 'UserError' ? String(error) : error.stack))
    }
    console.log(JSON.stringify([...answers, String(connections)]))`,
  'old-sdk.mjs': `
    import { registerHooks } from 'node:module'
    registerHooks({ resolve: (name, context, next) => next(name === 'intercom-client' ? 'intercom-client-5' : name, context) })`,
  'typescript.ts': `import { defineClient } from 'brownout'\nenum Colour { Red }\nexport const client = defineClient({ name: 'typescript' + Colour.Red, ${rest}`,
  'parts.ts': `import { client } from './typescript'\nexport { client }`,
  'module.mjs': `import { defineClient } from 'brownout'\nexport default defineClient({ name: 'module', ${rest}`,
  'common.cjs': `const { defineClient } = require('brownout')\nexports.client = defineClient({ name: 'common', ${rest}`,
  'common-typescript.cts': `import { defineClient } from 'brownout'\nexport const client = defineClient({ name: 'common-typescript', ${rest}`,
  'both.mjs': `import { defineClient } from 'brownout'\nexport const client = defineClient({ name: 'named', ${rest}\nexport default 7`,
  'desk/index.ts': `import { defineClient } from 'brownout'\nexport const client = defineClient({ name: 'desk', ${rest}`,
  'throws.ts': `import 'brownout'\n\nconst token: string | undefined = undefined\nthrow new TypeError('There is no token in the environment')\n`,
  'syntax.ts': 'export const a = 1\nexport const = 2\n',
  'syntax.mjs': 'export const a = 1\nexport const = 2\n',
  'syntax.cjs': 'exports.a = 1\n  exports.b = 1 2\n',
  'imports-syntax.mjs': "import './parts/syntax.mjs'\nexport const client = 1\n",
  'parts/syntax.mjs': '// A word too many.\nconst one = 1 two\n',
  'dangling.ts': `import nothing from './nothing.ts'\nexport const client = nothing\n`,
  'uninstalled.ts': `import nothing from 'a-package-that-nobody-has'\nexport const client = nothing\n`,
  'throws-nothing.mjs': 'throw undefined\n',
  'empty.ts': '',
  'other.mjs': 'export const desk = 1\nexport const shop = 2\n',
  'plain.ts': "export const client = { name: 'plain' }\n",
  'throws-unreadable.mjs': 'throw Object.create(null)\n',
  'changes-lists.mjs': `import { defineClient } from 'brownout'\nArray.prototype.map = () => []\nexport const client = defineClient({ name: 'lists', ${rest}`,
  'changes-much.mjs': `Object.assign(Array.prototype, { map: 1, find: 1, slice: 1 })\nthrow new Error('too late')\n`,
  'adds.mjs': `import { defineClient } from 'brownout'\nObject.prototype.value = 1\nexport const client = defineClient({ name: 'adds', ${rest}`,
  'changes-promises.ts': `import { defineClient } from 'brownout'\nPromise.prototype.then = function () { return this as never }\nexport const client = defineClient({ name: 'then', ${rest}`,
  'freezes.mjs': `import { defineClient } from 'brownout'\nfor (const one of [Object, Array, Error]) Object.freeze(one.prototype)\nexport const client = defineClient({ name: 'freezes', ${rest}`,
  'waits.mjs': "import 'brownout'\nexport const client = await new Promise(() => {})\n",
  'awaits/package.json': '{}',
  'awaits/client.ts': 'export const client = await undefined\n',
  'notes.txt': 'no module\n',
}

let answers: Readonly<Record<string, string>>
let connections: string | undefined

beforeAll(async () => {
  for (const folder of ['awaits', 'desk', 'parts']) mkdirSync(join(directory, folder))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
  const asked = [
    ...Object.keys(files).filter(
      (name) => !/^(?:load\.mjs|old-sdk\.mjs|.*package\.json|desk.*|freezes\.mjs|waits\.mjs)$/u.test(name),
    ),
    'desk',
    './typescrpt.ts',
    'skd',
    'sdk',
    'resilient',
    'freezes.mjs',
  ]
  const [given, waited] = await Promise.all([load(asked), load(['waits.mjs'])])
  connections = given.at(-1)
  const told = asked.map((name, index) => [name, given[index] ?? ''])
  answers = { ...Object.fromEntries(told), 'waits.mjs': waited[0] ?? '' }
}, 120_000)

async function load(asked: readonly string[], options: readonly string[] = []): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [...options, loader, ...asked], { cwd: tmpdir() })
  return JSON.parse(stdout) as string[]
}

afterAll(() => rmSync(directory, { recursive: true }))

describe('loadClient', () => {
  test.for([
    ['typescript.ts', 'typescript0'],
    ['parts.ts', 'typescript0'],
    ['module.mjs', 'module'],
    ['common.cjs', 'common'],
    ['common-typescript.cts', 'common-typescript'],
    ['both.mjs', 'named'],
    ['desk', 'desk'],
    ['sdk', 'sdk'],
    ['resilient', 'resilient'],
    ['freezes.mjs', 'freezes'],
  ])('loads %s', ([file, name]) => {
    expect(answers[file ?? '']).toBe(name)
  })

  test.for([
    ['throws.ts', 'throws.ts:4:7: The client throws.ts could not be loaded: There is no token in the environment.'],
    ['syntax.ts', 'syntax.ts:2:14: The client syntax.ts could not be loaded: Expected identifier but found "=".'],
    ['awaits/client.ts', 'awaits/client.ts:1:23: The client awaits/client.ts could not be loaded: Top-level await'],
    ['awaits/client.ts', 'Name the file client.mts, or write "type": "module" in the package.json above it.'],
    ['syntax.mjs', "syntax.mjs:2:14: The client syntax.mjs could not be loaded: Unexpected token '='."],
    ['syntax.cjs', 'syntax.cjs:2:17: The client syntax.cjs could not be loaded: Unexpected number.'],
    ['imports-syntax.mjs', 'parts/syntax.mjs:2:15: The client imports-syntax.mjs could not be loaded: Unexpected'],
    ['throws-nothing.mjs', 'The client throws-nothing.mjs could not be loaded: it threw undefined.'],
    ['throws-unreadable.mjs', 'could not be loaded: it threw something that cannot be read.'],
    ['changes-lists.mjs', 'The client changes-lists.mjs changed Array.prototype.map while it was loaded;'],
    ['changes-much.mjs', 'changes-much.mjs:2:7: The client changes-much.mjs could not be loaded: too late.'],
    ['changes-promises.ts', 'The client changes-promises.ts changed Promise.prototype.then while it was loaded;'],
    ['adds.mjs', 'The client adds.mjs added Object.prototype.value while it was loaded;'],
    ['waits.mjs', 'waits.mjs:2:23: The client waits.mjs could not be loaded: an await at the top of it'],
    ['notes.txt', 'The client "notes.txt" is no JavaScript or TypeScript module.'],
    ['empty.ts', 'The client empty.ts exports nothing; it must export "client".'],
    ['other.mjs', 'The client other.mjs exports only desk, shop; it must export "client".'],
    ['plain.ts', 'The client that plain.ts exports is not usable. It was not made with defineClient().'],
    ['skd', 'There is no client "skd": neither a file of that name nor a shipped client.\nDid you mean "sdk"?'],
  ])('says what is wrong with %s', ([file, sentence]) => {
    expect(answers[file ?? '']).toContain(sentence)
  })

  test('names the import that leads nowhere', () => {
    expect(answers['dangling.ts']).toMatch(
      /^The client dangling\.ts could not be loaded: Cannot find module .*nothing\.ts/u,
    )
    expect(answers['uninstalled.ts']).toMatch(/could not be loaded: Cannot find package 'a-package-that-nobody-has'/u)
  })

  test('suggests the file that was probably meant', () => {
    expect(answers['./typescrpt.ts']).toMatch(
      /^There is no client file ".\/typescrpt\.ts" .*\nDid you mean ".\/typescript\.ts"\?$/u,
    )
  })

  test('says which SDK a shipped client needs where another release of it is installed', async () => {
    const [answer] = await load(['sdk'], ['--import', pathToFileURL(join(directory, 'old-sdk.mjs')).href])
    expect(answer).toContain('The client sdk could not be loaded:')
    expect(answer).toContain('\nIt is written for intercom-client 7.0.3, and another release is installed here.')
  })

  test("opens no connection, which virtual time would count as the client's", () => {
    expect(connections).toBe('0')
  })

  test('never shows a stack', () => {
    expect(Object.values(answers).filter((answer) => /\n\s+at /u.test(answer))).toEqual([])
  })
})
