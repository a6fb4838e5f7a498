// Goal: the matrix says what the runs said. Method: made-up ends of runs for every cell there can be, the real declarations of
// the shipped broken clients, and one real run of each kind.

import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shippedClients } from '#client/resolve-client.ts'
import { UserError } from '#context/user-error.ts'
import type { RunResult } from '#engine/run-result.ts'
import { oracles } from '#oracle/catalog.ts'
import { declarationOf, readDeclarations, strangeNames } from '../bench/matrix/declarations.ts'
import { judgeCell, type Cell, type NotAsked } from '../bench/matrix/judge.ts'
import { readOptions } from '../bench/matrix/options.ts'
import { planPlays, turns, type Play } from '../bench/matrix/plan.ts'
import { playAll } from '../bench/matrix/play.ts'
import { recordOf, regressionsSince, unrecorded } from '../bench/matrix/record.ts'
import { libraryRows, rowNamed, type Row } from '../bench/matrix/rows.ts'
import { concerned, summarize, totalsOf } from '../bench/matrix/summary.ts'
import { choiceInWords, markdown, terminalTable } from '../bench/matrix/table.ts'

const root = join(import.meta.dirname, '..')
const row: Row = { name: 'storm', file: '/storm.yaml', variant: null, isLarge: false }
const play = (client: string, declared: Play['declared'] = null): Play => ({ client, row, seed: '1', declared })

test.for<[string, string, readonly string[], string]>([
  ['one oracle', '// Bug: it is slow.\n// Caught by: recovers, in storm.\n', ['recovers'], 'storm'],
  [
    'two of them',
    '// Bug: x.\n// Caught by: backs-off, recovers, in storm:harsh.\n\ncode',
    ['backs-off', 'recovers'],
    'storm:harsh',
  ],
  [
    'over two lines',
    '// Bug: it is\n// slow.\n// Caught by: backs-off,\n// recovers, in 429-storm.\n',
    ['backs-off', 'recovers'],
    '429-storm',
  ],
])('a declaration of %s is read', ([, text, names, scenario]) => {
  const read = declarationOf(text, 'broken/slow.ts')
  expect(read).toMatchObject({ client: 'broken/slow', oracles: names, scenario })
  expect(read.bug).toMatch(/^(?:it is slow|x)\.$/u)
})

test.for<[string, string, RegExp]>([
  ['no bug', '// Caught by: recovers, in storm.\n', /^slow\.ts:1: This client does not say what its bug is/u],
  ['nobody who catches it', '// What?\n// Bug: x.\n', /^slow\.ts:2: This client does not say which oracle catches it/u],
  ['no scenario', '// Bug: x.\n// Caught by: recovers.\n', /^slow\.ts:2: .*"Caught by: recovers\.", which is not/u],
  ['a remark', '// Bug: x.\n// Caught by: recovers, in storm, at night.\n', /^slow\.ts:2: .*not of the form/u],
  ['no full stop', '// Bug: x.\n// Caught by: recovers, in storm\n\ncode', /^slow\.ts:2: .*not of the form/u],
  [
    'something below the head',
    '// Bug: x.\n\n// Caught by: recovers, in storm.\n',
    /^slow\.ts:1: .*does not say which/u,
  ],
])('a declaration with %s is a clear mistake', ([, text, message]) => {
  const said = whatIsWrong(() => declarationOf(text, 'slow.ts'))
  expect(said).toMatch(message)
  expect(said).toContain('// Caught by: <oracle>')
})

function whatIsWrong(work: () => unknown): string {
  try {
    return `Nothing is wrong with ${JSON.stringify(work())}`
  } catch (error) {
    return error instanceof UserError ? String(error) : 'no sentence for people'
  }
}

test('every broken client declares an oracle and a scenario that exist', () => {
  const { declarations, mistakes } = readDeclarations(join(root, 'fixtures/clients/broken'), 'fixtures/clients/broken')
  expect(mistakes).toEqual([])
  const scenarios = libraryRows(root)
  expect(declarations.map(({ client }) => client)).toEqual(
    shippedClients().filter((name) => name.startsWith('broken/')),
  )
  const known = { oracles: new Set(oracles.keys()), scenarios }
  expect(declarations.flatMap((declaration) => strangeNames(declaration, known))).toEqual([])
  const [first] = declarations
  expect(strangeNames({ ...first!, oracles: ['backsoff'], scenario: 'no-storm' }, known)).toEqual([
    `${first!.place.file}:${first!.place.line}: There is no oracle "backsoff"`,
    `${first!.place.file}:${first!.place.line}: There is no scenario "no-storm"`,
  ])
})

test('a file with variants is meant by its bare name as well', () => {
  const rows = ['a', 'b:one', 'b:two'].map((name): Row => ({ name, file: name, variant: null, isLarge: false }))
  expect(['a', 'b', 'b:two', 'c'].map((name) => rowNamed(rows, name)?.name)).toEqual(['a', 'b:one', 'b:two', undefined])
})

test('every broken client plays where it says, and the sound ones take turns', () => {
  const rows = Array.from({ length: 20 }, (_none, index): Row => ({
    name: `s${index}`,
    file: '',
    variant: null,
    isLarge: index === 0,
  }))
  const declared = declarationOf('// Bug: x.\n// Caught by: recovers, in s3.\n', 'broken/slow.ts')
  const sound = ['resilient', 'sound/a', 'sound/b']
  const choice = { seeds: ['1'], full: false, only: undefined }
  const names = (plays: readonly Play[]) => plays.map(({ client, row: { name } }) => `${client} ${name}`)
  const plays = planPlays([declared], sound, rows, choice)
  expect(names(plays)[0]).toBe('broken/slow s3')
  const played = sound.map((client) => plays.filter((one) => one.client === client))
  expect(new Set(played.map(({ length }) => length))).toEqual(new Set([20 / turns]))
  const seeds = Array.from({ length: turns }, (_none, index) => String(index + 1))
  const seen = planPlays([], sound, rows, { ...choice, seeds }).filter(({ client }) => client === 'sound/b')
  expect(new Set(names(seen)).size).toBe(20)
  expect(planPlays([declared], sound, rows, { ...choice, full: true })).toHaveLength(61)
  expect(names(planPlays([], sound, rows, { ...choice, full: true, only: 's11' }))).toHaveLength(3)
})

/** A run that ended with these verdicts, such as `fail backs-off`. */
function judged(verdicts: readonly string[], facts: object = {}): RunResult {
  const told = verdicts.map((text) => {
    const [verdict, oracle] = text.split(' ')
    return { verdict, oracle }
  })
  return {
    kind: 'judged',
    verdicts: told,
    outcome: 'pass',
    because: 'Because.',
    withoutFaults: false,
    ...facts,
  } as never
}

const late: NotAsked = { client: 'sound/a', scenario: 'storm', oracle: 'keeps-serving', because: 'it has no cache' }

test.for<[string, Play, RunResult, Cell['is'], readonly string[]]>([
  ['the declared oracle fails', play('broken/a', ['x']), judged(['fail x', 'pass y']), 'caught', ['x']],
  [
    'a twin that fails by it counts',
    play('broken/a', ['x']),
    judged(['fail x'], { withoutFaults: true }),
    'caught',
    ['x'],
  ],
  ['all that are declared must fail', play('broken/a', ['x', 'y']), judged(['fail x', 'pass y']), 'another', ['x']],
  ['another oracle fails', play('broken/a', ['x']), judged(['pass x', 'fail y']), 'another', ['y']],
  ['an oracle that threw caught nothing', play('broken/a', ['x']), judged(['error x']), 'missed', []],
  ['nothing fails', play('broken/a', ['x']), judged(['pass x', 'inconclusive y']), 'missed', []],
  [
    'an unhealthy twin is not caught',
    play('broken/a', ['x']),
    judged(['pass y'], { withoutFaults: true }),
    'missed',
    [],
  ],
  [
    'a broken client that does not load',
    play('broken/a', ['x']),
    { kind: 'harness-error', message: 'Oh.' } as never,
    'missed',
    [],
  ],
  ['a sound client passes', play('sound/a'), judged(['pass x', 'inconclusive y', 'not-applicable z']), 'clean', []],
  ['a sound client fails', play('sound/a'), judged(['fail x'], { outcome: 'fail' }), 'alarm', ['x']],
  ['a sound client fails without faults', play('sound/a'), judged(['fail x'], { withoutFaults: true }), 'alarm', ['x']],
  ['an oracle throws', play('sound/a'), judged(['error x'], { outcome: 'error' }), 'alarm', ['x']],
  ['nothing is proven', play('sound/a'), judged(['pass x'], { outcome: 'inconclusive' }), 'unproven', []],
  [
    'the scenario has nothing for it',
    play('sound/a'),
    { kind: 'not-applicable', needs: [], problem: new UserError('No.') } as never,
    'unproven',
    [],
  ],
  ['the harness fails', play('sound/a'), { kind: 'harness-error', message: 'Oh.' } as never, 'alarm', []],
  ['what is not asked is no alarm', play('sound/a'), judged(['fail keeps-serving'], { outcome: 'fail' }), 'clean', []],
  [
    'what is not asked of another is one',
    play('sound/b'),
    judged(['fail keeps-serving'], { outcome: 'fail' }),
    'alarm',
    ['keeps-serving'],
  ],
  [
    'a broken client is never excused',
    play('sound/a', ['keeps-serving']),
    judged(['fail keeps-serving']),
    'caught',
    ['keeps-serving'],
  ],
])('%s', ([, what, result, is, failed]) => {
  expect(judgeCell(what, result, [late])).toMatchObject({ is, failed })
})

const cells: readonly Cell[] = [
  judgeCell(play('broken/a', ['x']), judged(['fail x', 'fail y'])),
  { ...judgeCell(play('broken/a', ['x']), judged(['pass x'])), seed: '2' },
  judgeCell(play('broken/b', ['x', 'y']), judged(['fail x', 'fail y'])),
  judgeCell(play('broken/c', ['y']), judged(['fail x'])),
  judgeCell(play('sound/a'), judged(['pass x', 'inconclusive y'])),
  judgeCell(play('sound/b'), judged(['pass x', 'fail y'], { outcome: 'fail' })),
  judgeCell(play('sound/c'), judged([], { outcome: 'inconclusive' })),
]
const rows = summarize(cells, ['x', 'y', 'z'])

test('the summary counts bugs by oracle, and a bug is caught only when it is with every seed', () => {
  expect(rows).toEqual([
    {
      oracle: 'x',
      declared: ['broken/a', 'broken/b'],
      caught: ['broken/b'],
      also: ['broken/c'],
      soundRuns: 2,
      alarms: 0,
    },
    {
      oracle: 'y',
      declared: ['broken/b', 'broken/c'],
      caught: ['broken/b'],
      also: ['broken/a'],
      soundRuns: 1,
      alarms: 1,
    },
    { oracle: 'z', declared: [], caught: [], also: [], soundRuns: 0, alarms: 0 },
  ])
  expect(totalsOf(cells)).toEqual({ bugs: 3, caught: 1, another: 1, missed: 1, soundRuns: 3, alarms: 1 })
})

test('the table names whatever is not as it should be, and ends in one line', () => {
  const matrix = { cells, rows, totals: totalsOf(cells), notes: ['Seed 1.'] }
  expect(terminalTable(matrix)).toMatchInlineSnapshot(`
    "oracle  planted bugs  also failed  sound runs judged  false alarms
    x             1 of 2            1                  2             0
    y             1 of 2            1                  1             1
    z               none            0                  0             0

    MISSED broken/a in storm with seed 2: not caught by x; nothing failed. Because.
    MISSED broken/c in storm with seed 1: not caught by y; what failed: x. Because.
    ALARM sound/b in storm with seed 1: what failed: y. Because.
    1 runs of sound clients prove nothing: sound/c in storm.
    Seed 1.

    matrix: 3 bugs, 1 caught by the declared oracle, 1 by another only, 1 missed; 3 sound runs, 1 false alarms"
  `)
  expect(markdown(matrix)).toContain('| broken/a | storm | 1 | caught | x | y |')
})

test('a choice of runs shows the oracles that it was about, and says what was chosen', () => {
  const all = summarize(cells, ['x', 'y', 'z', 'nobody'])
  expect(concerned(all).map(({ oracle }) => oracle)).toEqual(['x', 'y'])
  const choice = { seeds: ['1'], full: false, only: 'storm' }
  expect(choiceInWords(choice, 7, 40, 21)).toBe('Seed 1, and only what is called "storm": 7 runs.')
  expect(choiceInWords(choice, 1, 40, 21)).toBe('Seed 1, and only what is called "storm": one run.')
  expect(choiceInWords({ ...choice, only: undefined, seeds: ['1', '2'] }, 700, 40, 21)).toBe(
    'Seeds 1, 2: 21 sound clients in one in 20 of the 40 scenarios, by turns, large fleets only with several seeds (--full: all).',
  )
})

test('a record keeps what is proven, and tells when it is lost', () => {
  const record = recordOf(rows, { seeds: ['1'], full: true })
  expect(record).toEqual({
    format: 1,
    seeds: ['1'],
    sound: 'full',
    oracles: {
      x: { planted: 2, caught: 1, bugs: ['broken/b'], soundRuns: 2, falseAlarms: 0 },
      y: { planted: 2, caught: 1, bugs: ['broken/b'], soundRuns: 1, falseAlarms: 1 },
      z: { planted: 0, caught: 0, bugs: [], soundRuns: 0, falseAlarms: 0 },
    },
  })
  expect(regressionsSince(record, cells)).toEqual([])
  const lost = [judgeCell(play('broken/b', ['x']), judged(['fail x', 'pass y']))]
  expect(regressionsSince(record, lost)).toEqual(['broken/b was caught by y before, and is not in storm with seed 1'])
  expect(unrecorded({ ...record, oracles: {} }, rows)).toEqual(['broken/b by x', 'broken/b by y'])
  expect(unrecorded(record, rows)).toEqual([])
})

test('the flags are checked', () => {
  expect(readOptions([])).toEqual({ full: false, only: undefined, record: false, time: false, seeds: ['1'] })
  expect(readOptions(['--seeds', '2', '--seed', '4']).seeds).toEqual(['4', '5'])
  expect(() => readOptions(['--seeds', 'many'])).toThrow('--seeds takes a whole number from 1 to 999, not "many"')
  expect(() => readOptions(['--fully'])).toThrow(UserError)
  expect(() => readOptions(['--record', '--only', 'x'])).toThrow('cannot be used with --only')
})

test('real runs fill real cells', { timeout: 60_000 }, async () => {
  const known = libraryRows(root)
  const in429 = rowNamed(known, '429-storm')!
  const plays = [
    { client: 'broken/ignores-retry-after', row: in429, seed: '1', declared: ['amplification'] },
    { client: 'resilient', row: in429, seed: '1', declared: null },
  ]
  const told: string[] = []
  const around = { root, notAsked: [], signal: new AbortController().signal }
  const played = await playAll(plays, { ...around, onCell: ({ client }) => told.push(client) })
  expect(played.map(({ is }) => is)).toEqual(['caught', 'clean'])
  expect(told.toSorted()).toEqual(plays.map(({ client }) => client).toSorted())
})
