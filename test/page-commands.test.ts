// Goal: no page has a command that does not work, or a snippet that nobody has tried. Method: every command is played as it stands, page by page, in a
// project that has what the page speaks of; what takes long gets shorter input, and test/page-ways.ts says which. What another test plays, or nobody
// can, is named there as well, and whatever is on a page and not there is a failure.

import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { hasRedis } from '#engine/redis/test-redis.ts'
import { engine, imageOf, theEngine } from './containers/engine.ts'
import { exampleIn } from './examples.ts'
import { commandsIn, headOf, pages, partIn, partsOf, type Part } from './page-parts.ts'
import { commandWays, snippetWays, type Play, type Way } from './page-ways.ts'

const patience = 600_000
const root = join(import.meta.dirname, '..')
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')
const tests = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'))
/** Words of a command may be separate texts there. */
const testTexts = new Map(
  tests.map((name) => {
    const text = textOf(`test/${name}`)
    return [`test/${name}`, `${text}\n${text.replaceAll("', '", ' ')}`]
  }),
)

const wordsOf = (command: string): string => command.replace(/^(?:npm run chaos --|npx brownout) ?/u, '')
/** What is made from the code is compared with it: src/cli/emit-schemas.test.ts. */
const written = pages.filter((page) => !page.startsWith('docs/reference/'))

test.for(written)('everything in %s that is code is executed, or it is said why not', (page) => {
  const problems = partsOf(page).flatMap((part) =>
    problemsOf(page, part).map((problem) => `${page}:${part.line}: ${problem}`),
  )
  expect(problems).toEqual([])
})

function problemsOf(page: string, part: Part): readonly string[] {
  const [kind, name = ''] = part.mark?.split(': ') ?? []
  if (kind === 'example') {
    const isPlayed = [...testTexts.values()].some((text) => text.includes(`'${page}'`) && text.includes(`'${name}'`))
    return isPlayed ? [] : [`no test plays the example ${name}`]
  }
  if (kind === 'screen' || kind === 'message')
    return [...testTexts.values()].some((text) => text.includes(`<!-- ${kind}: `)) ? [] : [`no test compares ${name}`]
  const commands = commandsIn(part)
  if (commands)
    return commands.flatMap((command) =>
      problemsIn(commandWays[page]?.[wordsOf(command)], wordsOf(command), `the command ${JSON.stringify(command)}`),
    )
  const head = headOf(part.text)
  return problemsIn(snippetWays[page]?.[head], page, `what begins with ${JSON.stringify(head)}`)
}

/** Who plays it must have it. */
function problemsIn(way: Way | undefined, sign: string, what: string): readonly string[] {
  if (!way) return [`nothing plays ${what}; test/page-ways.ts can say how, or why not`]
  if (!('by' in way)) return []
  return testTexts.get(way.by)?.includes(sign) ? [] : [`${way.by} does not play ${what}`]
}

test('nothing is said of what no page has', () => {
  const there = new Set(
    written.flatMap((page) =>
      partsOf(page).flatMap((part) =>
        (commandsIn(part)?.map(wordsOf) ?? [headOf(part.text)]).map((one) => `${page}: ${one}`),
      ),
    ),
  )
  const said = [commandWays, snippetWays].flatMap((ways) =>
    Object.entries(ways).flatMap(([page, all]) => Object.keys(all).map((one) => `${page}: ${one}`)),
  )
  expect(said.filter((one) => !there.has(one))).toEqual([])
})

const rooms: string[] = []
afterAll(() => rooms.forEach((room) => rmSync(room, { recursive: true, force: true })))

const client = exampleIn('README.md', 'my-client.ts')
/** Real time is short: a scenario of one's own hides that of the library. */
const short = (name: string, fault = '') => {
  const text = textOf('test/scenarios/twelve-seconds.yaml').replace(/^scenario: .*/mu, `scenario: ${name}`)
  return fault === '' ? text : text.replace('faults:\n', `faults:\n  ${fault}\n`)
}
const account = (name: string) => textOf(`test/accounts/${name}`)

/** What a page speaks of, beside the client that every project here has by its three names. */
const filesOf: Readonly<Record<string, () => Readonly<Record<string, string>>>> = {
  'README.md': () => ({ 'postmortem.txt': account('seed-000.txt') }),
  'docs/adding-a-service.md': () =>
    Object.fromEntries(
      readdirSync(join(root, 'fixtures/services/parcels')).map((name) => [
        name,
        textOf(`fixtures/services/parcels/${name}`),
      ]),
    ),
  'docs/configuration.md': () => ({
    'package.json': '{ "type": "module" }',
    'chaos.config.ts': exampleIn('docs/configuration.md', 'chaos.config.ts'),
    'src/desk.ts': client,
    'chaos/mine.yaml': textOf('test/scenarios/short-hang.yaml').replace(/^scenario: .*/mu, 'scenario: my-hang'),
  }),
  'docs/containers.md': () => ({
    'desk.client.yaml': partIn('docs/containers.md', '# desk.client.yaml'),
    'scenarios/ten-minutes.yaml': short('ten-minutes'),
  }),
  'docs/drivers.md': () => ({
    'desk.client.yaml': partIn('docs/drivers.md', '# desk.client.yaml, beside your code'),
    'desk.py': textOf('fixtures/drivers/python/desk.py'),
    'driver.py': textOf('fixtures/drivers/python/driver.py'),
    'scenarios/ten-minutes.yaml': short('ten-minutes'),
  }),
  'docs/importing.md': () => ({
    'postmortem.txt': account('seed-000.txt'),
    'incident.json': account('statuspage-false-recovery.json'),
    'api.yaml': textOf('test/specifications/parcels.yaml'),
  }),
  'docs/real-time.md': () => ({ 'scenarios/ten-minutes.yaml': short('ten-minutes') }),
  'docs/redis.md': () => ({
    'scenarios/cold.yaml': short(
      'cold-cache-loop-redis',
      "flush: { kind: cache-flush, from: '10:00:04Z', until: '10:00:08Z' }",
    ),
  }),
  'docs/writing-a-scenario.md': () => ({
    'scenarios/checkout-outage.yaml': exampleIn('docs/writing-a-scenario.md', 'checkout-outage.yaml'),
  }),
}

function projectOf(page: string): string {
  const room = mkdtempSync(join(tmpdir(), 'page-'))
  rooms.push(room)
  const files = { 'desk.ts': client, 'my-client.ts': client, 'src/intercom.ts': client, ...filesOf[page]?.() }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(room, name)), { recursive: true })
    writeFileSync(join(room, name), text)
  }
  return room
}

type Ended = { readonly code: number | null; readonly told: string }

/** The client of pages that name none is the reference, as in a checkout. */
function brownout(cwd: string, words: string, until?: RegExp): Promise<Ended> {
  const { PATH = '', HOME = '' } = process.env
  const all = [join(root, 'src/cli/main.ts'), ...words.split(' ').filter((word) => word !== '')]
  const hasClient = /--client|^import|^driver|^judge|^merge|^baseline/u.test(words) || words === ''
  const env = { PATH, HOME, NO_COLOR: '1', ...(!hasClient && { BROWNOUT_CLIENT: 'resilient' }) }
  return new Promise((resolve) => {
    const child = spawn(process.execPath, all, { cwd, env })
    let told = ''
    let isEnded = false
    const hear = (chunk: Buffer): void => {
      told += chunk.toString()
      if (isEnded || !until?.test(told)) return
      isEnded = child.kill('SIGINT')
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.on('close', (code) => resolve({ code, told }))
  })
}

const isHere = {
  redis: hasRedis,
  engine: engine !== undefined,
  python: spawnSync('python3', ['--version']).status === 0,
}
const hasAll = ({ needs = [] }: Play): boolean => needs.every((one) => isHere[one])

const played = Object.entries(commandWays).flatMap(([page, ways]) => {
  const plays = Object.entries(ways).filter((one): one is [string, Play] => 'code' in one[1])
  const all = plays.filter(([, play]) => hasAll(play))
  if (all.length < plays.length)
    console.warn(`Commands of ${page} are skipped, for want of Redis, Python or a container engine.`)
  return all.length === 0 ? [] : [{ page, plays: all }]
})

test.for(played)('the commands of $page do what it says', { timeout: patience }, async ({ page, plays }) => {
  const room = projectOf(page)
  if (page === 'docs/judging.md') await brownout(room, 'contact-deleted-404')
  if (page === 'docs/containers.md') await standFor('registry.example.com/desk', '1.4')
  for (const [command, play] of plays) {
    for (const folder of play.without ?? []) rmSync(join(room, folder), { recursive: true, force: true })
    const usual = play.short ? command.replace(...play.short) : command
    for (const words of [usual, ...(play.also ?? []).map(([from, to]) => usual.replace(from, to))]) {
      if (words.startsWith('import incident-io'))
        writeFileSync(join(room, 'incident.json'), account('incident-io-europe.json'))
      const { code, told } = await brownout(room, words, play.until)
      expect([play.code].flat(), `${words} ended with ${code}: ${told}`).toContain(code)
      expect(told).toMatch(play.says ?? /^/u)
    }
  }
})

/** The image that the page names, as if it had been pulled. */
async function standFor(repo: string, tag: string): Promise<void> {
  const folder = join(root, 'fixtures/drivers/javascript')
  const files = Object.fromEntries(
    ['driver.mjs', 'desk.mjs'].map((name) => [name, { text: readFileSync(join(folder, name), 'utf8') }]),
  )
  const built = await imageOf('page-desk', files, ['node', 'desk.mjs'])
  await theEngine().getImage(built).tag({ repo, tag })
}
