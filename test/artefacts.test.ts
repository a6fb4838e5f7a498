// One run of a client that puts secrets wherever it can, in a workflow of GitHub: what is written and printed is all there, valid where
// it lies, and none of the secrets is in it.

import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const patience = 180_000
const root = fileURLToPath(new URL('..', import.meta.url))
const main = join(root, 'src/cli/main.ts')

const secrets = {
  bearer: 'b34r3r-planted-4711-abcdef',
  cookie: 'c00kie-planted-4711',
  mail: 'ada.planted@customer.example',
  text: 'my planted diagnosis is confidential',
  key: 'pl4nted-api-key-4711',
  token: 'tok_planted4711abcdef',
}
const told = [
  `Authorization: Bearer ${secrets.bearer}`,
  `Cookie: session=${secrets.cookie}; Path=/`,
  `token=${secrets.token}`,
  `api_key: ${secrets.key}`,
  `{"to":"${secrets.mail}","body":"Dear Ada, ${secrets.text}"}`,
]

/** Healthy without faults; in the incident it tells everything it should not, in every field there is. */
const client = `
import { defineClient } from 'brownout'
const told = ${JSON.stringify(told)}
export const client = defineClient({
  name: 'leaky',
  promises: { 'contact.read': { within: '3s', degrade: ['error'] }, 'conversation.reply': { within: '3s', degrade: ['error'] } },
  create: (world) => {
    const send = async (call, path, init = {}) => {
      const { url, token } = world.workspaces[call.workspace]
      const headers = { authorization: 'Bearer ' + token, cookie: told[1], 'content-type': 'application/json' }
      try {
        const response = await fetch(url + path, { ...init, headers, signal: AbortSignal.timeout(4000) })
        if (!response.ok) throw new Error('answered ' + response.status)
        return await response.json()
      } catch {
        const cause = Object.assign(new Error(told[4]), { code: told[2] })
        const error = new Error('\\n::error::' + told.join(' \\n') + ' with ' + token, { cause })
        throw Object.assign(error, { name: told[0], code: told[3], requestId: told[2] })
      }
    }
    return {
      operations: {
        'contact.read': ({ contact }, call) => send(call, '/contacts/' + contact.id),
        'conversation.reply': ({ conversation, adminId, body }, call) =>
          send(call, '/conversations/' + conversation.id + '/reply', {
            method: 'POST',
            body: JSON.stringify({ message_type: 'comment', type: 'admin', admin_id: adminId, body: body + ' ${secrets.text}' }),
          }),
      },
      health: () => ({ status: 'down', problem: 'ours', cause: told[1], why: told.join(' ') }),
    }
  },
})
`

let desk = ''
let ran: Ended
type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

function brownout(words: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [main, ...words], { cwd: desk, env: { PATH, HOME, ...env } })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

beforeAll(async () => {
  desk = mkdtempSync(join(tmpdir(), 'brownout-artefacts-'))
  const scenario = readFileSync(join(root, 'test/scenarios/short-hang.yaml'), 'utf8')
  const more =
    '  replies: { do: conversation.reply, every: 10s }\nexpect:\n  settles-within-promise: { tolerance: 1ms }\n'
  writeFileSync(join(desk, 'hang.yaml'), scenario.replace(/^faults:/mu, `${more}faults:`))
  writeFileSync(join(desk, 'client.mjs'), client)
  writeFileSync(join(desk, 'page.md'), 'of an earlier step\n')
  const words = ['hang.yaml', '--client', './client.mjs', '--postmortem', '--no-ablate']
  ran = await brownout(words, { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(desk, 'page.md') })
}, patience)
afterAll(() => rmSync(desk, { recursive: true }))

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((file) => statSync(file).isFile())
}

test('everything is written, the documents of the incident too', () => {
  expect(ran.code).toBe(1)
  expect(readdirSync(join(desk, 'reports')).toSorted()).toEqual([
    'history.ndjson',
    'junit.xml',
    'postmortem.md',
    'report.html',
    'report.json',
    'report.sarif',
    'slack.txt',
    'summary.md',
  ])
})

test('failures are at their lines of the scenario, and nothing else is a command', () => {
  const expected =
    readFileSync(join(desk, 'hang.yaml'), 'utf8').split('\n').indexOf('  settles-within-promise: { tolerance: 1ms }') +
    1
  const commands = ran.err.split('\n').filter((line) => /^\s*::/u.test(line))
  expect(commands[0]).toMatch(
    new RegExp(
      `^::error file=hang\\.yaml,line=${expected},col=3,title=settles-within-promise fails in short-hang%2C client `,
      'u',
    ),
  )
  expect(ran.out).not.toMatch(/^\s*::/mu)
  const { results } = JSON.parse(readFileSync(join(desk, 'reports/report.sarif'), 'utf8')).runs[0]
  expect(results[0].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'hang.yaml', uriBaseId: 'PROJECT' },
    region: { startLine: expected, startColumn: 3 },
  })
})

test('the page of the job has the summary behind what was there', () => {
  const page = readFileSync(join(desk, 'page.md'), 'utf8')
  const summary = readFileSync(join(desk, 'reports/summary.md'), 'utf8')
  expect(page).toBe(`of an earlier step\n${summary}\n`)
  expect(summary.split('\n').length).toBeLessThanOrEqual(61)
})

test('no secret is in any artefact, nor on any screen', { timeout: patience }, async () => {
  const formats = ['text', 'json', 'tap', 'junit', 'sarif', 'markdown']
  const saved = await brownout(['baseline', 'save', 'reports'])
  expect(saved.code).toBe(0)
  const screens = [ran, saved]
  for (const format of formats) screens.push(await brownout(['judge', 'reports', '--verbose', '--output', format]))
  const own = new Set(['client.mjs', 'hang.yaml'].map((name) => join(desk, name)))
  const files = filesBelow(desk).filter((file) => !own.has(file))
  expect(files.length).toBeGreaterThan(8)
  const texts = [
    ...files.map((file) => [file, readFileSync(file, 'utf8')] as const),
    ...screens.map(({ out, err }, index) => [`screen ${index}`, out + err] as const),
  ]
  const found = texts.flatMap(([name, text]) =>
    [...Object.values(secrets), 'dG9r']
      .filter((secret) => text.includes(secret))
      .map((secret) => `${secret} in ${name}`),
  )
  expect(found).toEqual([])
  // What was planted did get as far as it could: its places are there, empty.
  expect(readFileSync(join(desk, 'reports/history.ndjson'), 'utf8')).toContain('Bearer [redacted]')
})
