// Goal: a snippet that is no whole file works as well. Method: each is put where its page says that it belongs, and the whole is played, or read by what
// reads such a thing.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { Conversation } from '#client/driver/conversation.ts'
import type { Ear } from '#client/driver/link.ts'
import type { Message, Note, Question } from '#client/driver/message.ts'
import { hasRedis, without } from '#engine/redis/test-redis.ts'
import type { FaultKind } from '#fault/fault.ts'
import { complaint, decisionOf } from '#fault/test-asking.ts'
import { decodeEvents } from '#history/codec.ts'
import { ReportSchema } from '#report/report-schema.ts'
import { parseClientFile } from '#scenario/client-file.ts'
import { parseScenario } from '#scenario/parse.ts'
import { parseWaivers } from '#scenario/waivers.ts'
import { exampleIn } from './examples.ts'
import { partIn } from './page-parts.ts'

const patience = 300_000
const root = join(import.meta.dirname, '..')
const desk = exampleIn('README.md', 'my-client.ts')
let room = ''

beforeAll(() => {
  room = mkdtempSync(join(tmpdir(), 'snippets-'))
  symlinkSync(join(root, 'node_modules'), join(room, 'node_modules'))
})
afterAll(() => rmSync(room, { recursive: true }))

/** The result of playing this client, and the events of its history. */
async function play(client: string, scenario: string) {
  const file = join(room, 'client.ts')
  writeFileSync(file, client)
  const { PATH = '', HOME = '' } = process.env
  const words = [scenario, '--client', './client.ts', '--output', 'json']
  const out = await new Promise<string>((done) => {
    const options = { cwd: room, env: { PATH, HOME }, maxBuffer: 1e8 }
    execFile(process.execPath, [join(root, 'src/cli/main.ts'), ...words], options, (_, text, err) => done(text || err))
  })
  const [run] = ReportSchema.parse(JSON.parse(out)).runs
  if (run?.kind !== 'judged') throw new Error(`It was not judged: ${out.slice(0, 2_000)}`)
  const verdictOf = (name: string) => run.verdicts.find(({ oracle }) => oracle === name)?.verdict
  return { verdictOf, events: decodeEvents(readFileSync(join(room, 'reports/history.ndjson'), 'utf8')) }
}

test('the fault of docs/adding-a-fault.md is one, and decides as its comment says', async () => {
  const code = partIn(
    'docs/adding-a-fault.md',
    '// Slow start: each exchange waits for a fixed warm-up before it is served.',
  )
  const file = join(room, 'slow-start.ts')
  const placed = code.replaceAll(/from '(#|\.\/)(\S+)'/gu, (_, where: string, path: string) => {
    const source = where === '#' ? `src/${path}` : `src/fault/${path}`
    return `from '${pathToFileURL(join(root, source)).href}'`
  })
  writeFileSync(file, placed)
  const { slowStart } = (await import(file)) as { slowStart: FaultKind }
  expect(decisionOf(slowStart, { warmUp: '2s' }, {}, { intensity: 0.5 })).toEqual({ kind: 'delay', ms: 1_000 })
  expect(slowStart.explain(slowStart.schema.parse({ warmUp: '2s' }))).toContain('2s')
  expect(complaint(slowStart, { warmUp: 'long' })).toBeDefined()
})

test('what docs/clients.md declares is judged, and its webhook acts once', { timeout: patience }, async () => {
  const declares = partIn('docs/clients.md', 'declares: {')
  const webhook = partIn('docs/clients.md', 'webhook: (request, call) => {')
  const { verdictOf, events } = await play(
    `import { createHmac } from 'node:crypto'
import { defineClient } from 'brownout'

const isSigned = (request, secret) =>
  request.headers['x-hub-signature'] === 'sha1=' + createHmac('sha1', secret).update(request.body).digest('hex')
const refresh = async () => {}

export const client = defineClient({
  name: 'hooked',
  promises: { 'conversation.read': { within: '10s', degrade: ['error'] } },
  ${declares}
  create: (world) => ({
    operations: {
      'conversation.read': async ({ conversation }, call) => {
        const { url, token } = world.workspaces[call.workspace]
        const headers = { authorization: 'Bearer ' + token }
        const response = await fetch(url + '/conversations/' + conversation.id, { headers, signal: call.signal })
        if (!response.ok) throw new Error('answered ' + response.status)
        return response.json()
      },
    },
    ${webhook},
  }),
})
`,
    'webhook-chaos',
  )
  expect(verdictOf('webhooks-acted-once')).toBe('pass')
  expect(verdictOf('forged-webhooks-refused')).toBe('pass')
  expect(verdictOf('bounded-concurrency')).not.toBe('not-applicable')
  expect(events.some(({ kind }) => kind === 'webhook.acted')).toBe(true)
})

test('the properties of docs/properties.md are declared, seen and judged', { timeout: patience }, async () => {
  const code = partIn('docs/properties.md', "import { always, reachable, sometimes } from 'brownout'")
  const [imports = '', declared = '', used = ''] = code.split('\n\n')
  const whole = desk.replace('export const client', `${imports}\n${declared}\nexport const client`)
  const from = /^ *'contact\.read': async .*=> \{\n/mu
  expect(whole).toMatch(from)
  const client = whole.replace(
    from,
    (head) => `${head}const [queue, found] = [{ size: 1 }, { fromCache: true }]\n${used}\n`,
  )
  const scenario = readFileSync(join(root, 'scenarios/incidents/au-regional-timeout.yaml'), 'utf8')
  writeFileSync(join(room, 'with-properties.yaml'), `${scenario}\n${partIn('docs/properties.md', 'properties:')}`)
  const { verdictOf, events } = await play(client, './with-properties.yaml')
  const names = events.flatMap((event) => (event.kind === 'property.seen' ? [event.property] : []))
  expect(new Set(names)).toEqual(new Set(['the queue is bounded', 'a stale copy is shown', 'the breaker closes again']))
  expect(verdictOf('always-holds')).toBe('pass')
  expect(verdictOf('sometimes-happens')).toBe('pass')
})

test.skipIf(!hasRedis)(`the client of docs/redis.md reaches its Redis${without}`, { timeout: patience }, async () => {
  const head = partIn('docs/redis.md', 'export const client = defineClient({')
  const { verdictOf } = await play(
    `import { Redis } from 'ioredis'
import { defineClient, stale } from 'brownout'
${head.replace(
  /^ *\.\.\.$/mu,
  `    return {
      operations: {
        'contact.read': async ({ contact }, call) => {
          const { url, token } = world.workspaces[call.workspace]
          const headers = { authorization: 'Bearer ' + token }
          const response = await fetch(url + '/contacts/' + contact.id, { headers, signal: call.signal })
          if (!response.ok) throw new Error('answered ' + response.status)
          const value = await response.json()
          await redis.set(contact.id, JSON.stringify(value))
          if ((await redis.get(contact.id)) === null) throw new Error('Redis has kept nothing.')
          return value
        },
      },
      close: () => redis.disconnect(),
    }
  },
})`,
)}
`,
    join(root, 'test/scenarios/twelve-seconds.yaml'),
  )
  // It throws where Redis has kept nothing, and then fails without any fault as well.
  expect(verdictOf('isolates-failures')).toBe('pass')
})

/** What stands for the rest is left out. */
const linesOf = (text: string) =>
  text.split('\n').map((line) => ({
    isQuestion: line.startsWith('> '),
    message: JSON.parse(line.slice(2).replaceAll(', ...', '')) as Message & Record<string, unknown>,
  }))

test('the conversation of docs/drivers.md is one that is understood', async () => {
  const sent: Message[] = []
  const heard: Ear[] = []
  const conversation = new Conversation((ear) => {
    heard.push(ear)
    return { send: (message) => void sent.push(message), leave: () => Promise.resolve('gone'), kill: () => {} }
  })
  const answers = new Map<number, Promise<unknown>>()
  const lines = linesOf(partIn('docs/drivers.md', '> {"id":1,"do":"hello","protocol":1}'))
  for (const { isQuestion, message } of lines) {
    const { id, ...question } = message
    if (isQuestion) answers.set(id, conversation.ask(question as Question))
    else heard[0]?.onMessage(message)
  }
  // They have the numbers that the page shows.
  expect(sent).toEqual(lines.filter(({ isQuestion }) => isQuestion).map(({ message }) => message))
  expect(answers.size).toBe(5)
  expect(await answers.get(3)).toMatchObject({ outcome: 'stale', ageMs: 42_000 })
  await Promise.all(answers.values())

  const notes: Note[] = []
  conversation.begin({
    raise: (why) => expect.unreachable(why.message),
    onNote: (note) => void notes.push(note),
    owner: undefined,
  })
  for (const { message } of linesOf(partIn('docs/drivers.md', '< {"note":"acted","notification":"notif_1"}')))
    heard[0]?.onMessage(message)
  expect(notes.map(({ note }) => note)).toEqual(['acted', 'property', 'property'])
  expect(conversation.log.text()).toContain('for people')
})

test('a driver that is a server is named as docs/drivers.md says', () => {
  const text = partIn('docs/drivers.md', 'driver: http://127.0.0.1:9000/driver')
  expect(parseClientFile(text, join(room, 'desk.client.yaml'), 'desk')).toMatchObject({
    driver: 'http://127.0.0.1:9000/driver',
  })
})

test('the waiver of docs/waivers.md is one', () => {
  const text = partIn('docs/waivers.md', '- oracle: amplification')
  expect(parseWaivers(text, 'chaos.waivers.yaml', ['au-regional-timeout'])).toMatchObject([
    { oracle: 'amplification', owner: 'ada', until: '2026-12-31' },
  ])
})

test('what docs/writing-a-scenario.md says to an editor leads to a schema of the package', () => {
  const head =
    '{ "yaml.schemas": { "./node_modules/brownout/schemas/v1/scenario.schema.json": ["scenarios/**/*.yaml"] } }'
  const settings = JSON.parse(partIn('docs/writing-a-scenario.md', head)) as { 'yaml.schemas': Record<string, unknown> }
  for (const schema of Object.keys(settings['yaml.schemas']))
    expect(existsSync(resolve(root, schema.replace('./node_modules/brownout/', '')))).toBe(true)
})

test('the workspace of fixtures/workspaces/README.md is one of a scenario', () => {
  const { world } = parse(partIn('fixtures/workspaces/README.md', 'world:')) as { world: { workspaces: object } }
  const whole = JSON.stringify({ workspaces: { ...world.workspaces, sibling: { region: 'eu' } } })
  const scenario = readFileSync(join(root, 'test/scenarios/twelve-seconds.yaml'), 'utf8')
    .replace(/^world: .*/mu, `world: ${whole}`)
    .replace('region: us', 'region: au')
  const { workspaces } = parseScenario(scenario, 'x.yaml')
  expect(workspaces.find(({ name }) => name === 'ours')?.fixture).toBeDefined()
})
