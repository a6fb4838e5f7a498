import { expect, test } from 'vitest'
import type { Verdict } from '#oracle/verdict.ts'
import { judge } from '#oracle/panel.ts'
import { createStory, minute, type Story } from '../../test/history-builder.ts'
import { promises } from '../../test/judging.ts'
import { columnOf, valuesOf, valuesOfChanges } from './column.ts'
import { sceneOf } from './scene.ts'
import { outcomes, seriesOf } from './series.ts'

function told(tell: (story: Story) => void, over: Parameters<typeof createStory>[0] = {}) {
  const story = createStory({ promises, ...over })
  tell(story)
  return story.history()
}

/** One of each end, all asked in the first minute of the onset. */
function ends(story: Story): void {
  story.read({ at: '10m' })
  const stale = story.ask('contact.read', { at: '10m1s' })
  story.attempt(stale, { at: '10m1s', ends: 'abort', took: '8s', hit: 'hang' })
  story.ok(stale, { at: '10m9s', result: 'stale', ageMs: 60_000 })
  const failed = story.ask('contact.read', { at: '10m2s' })
  for (const second of [2, 12, 22])
    story.attempt(failed, { at: `10m${second}s`, ends: 503, took: '5s', hit: 'respond' })
  story.error(failed, { at: '10m40s' })
  const cancelled = story.ask('contact.read', { at: '10m3s' })
  story.cancel(cancelled, { at: '10m4s' })
  story.error(cancelled, { at: '10m5s' })
  story.ask('contact.read', { at: '10m6s' })
}

function totalOf(column: readonly number[]): number {
  return column.filter((_, index) => index % 2 === 1).reduce((sum, value) => sum + value, 0)
}

test('operations are counted by how they ended, in the step in which they were asked', () => {
  const { asked, sent, totals, grid } = seriesOf(told(ends))
  const counted = Object.fromEntries(outcomes.map((outcome) => [outcome, totalOf(asked[outcome])]))
  expect(counted).toEqual({
    fresh: 1,
    stale: 1,
    queued: 0,
    fallback: 0,
    dropped: 0,
    cancelled: 1,
    error: 1,
    unknown: 1,
  })
  expect(valuesOf(asked.error, grid.steps)[602]).toBe(1)
  expect(totalOf(sent)).toBe(5)
  expect(totals).toEqual({ operations: 5, exchanges: 5 })
})

test('what is in flight and what is open are told apart', () => {
  const { inFlight, open, grid } = seriesOf(told(ends))
  expect(valuesOfChanges(inFlight, grid.steps)[603]).toBe(2)
  expect(valuesOfChanges(open, grid.steps)[603]).toBe(3)
  // Between its second and third attempt the operation is open, and nothing is on the wire.
  expect(valuesOfChanges(inFlight, grid.steps)[619]).toBe(0)
  expect(valuesOfChanges(open, grid.steps)[619]).toBe(2)
})

test('a witness is told with its attempts, and what the faults did to them', () => {
  const history = told(ends)
  const verdicts = judge(history)
  const { stories } = sceneOf(history, null, verdicts)
  const index = verdicts.findIndex(({ oracle }) => oracle === 'settles-within-promise')
  const [lane] = stories[index]?.lanes ?? []
  expect(lane).toMatchObject({ title: expect.stringContaining('(contact.read)'), good: false })
  expect(lane?.dueAt).toBe((lane?.from ?? 0) + 10_000)
  expect(stories.filter((story) => story !== null)).toHaveLength(
    verdicts.filter(({ verdict }) => verdict === 'fail').length,
  )
})

const fail = { verdict: 'fail', oracle: 'x' } as const

test('of an operation with very many attempts the first and the last are told', () => {
  const history = told((story) => {
    const read = story.ask('contact.read', { at: '10m' })
    for (let index = 0; index < 40; index += 1) story.attempt(read, { at: 600_000 + index * 1_000, ends: 503 })
    story.error(read, { at: '11m' })
  })
  const witness = history.all('exchange.sent').map(({ seq }) => seq)
  const [story] = sceneOf(history, null, [{ ...fail, witness } as unknown as Verdict]).stories
  expect(story?.lanes[0]?.attempts.map(({ exchange }) => exchange)).toEqual([
    0, 1, 2, 3, 32, 33, 34, 35, 36, 37, 38, 39,
  ])
  expect(story?.lanes[0]?.leftOut).toBe(28)
})

test('a witness without operations is told as moments, and one without words has a time all the same', () => {
  const history = told((story) => {
    story.event('12m', { kind: 'client.crashed', cause: 'exit', operation: null, message: 'process.exit(1)' })
    story.event('13m', { kind: 'property.counted', property: 'p', held: 0, broken: 0 })
  })
  const seqs = [history.all('client.crashed')[0]?.seq ?? 0, history.all('property.counted')[0]?.seq ?? 0]
  const [crash, silent] = seqs.map(
    (seq) => sceneOf(history, null, [{ ...fail, witness: [seq] } as unknown as Verdict]).stories[0],
  )
  expect(crash?.moments.map(({ says }) => says)).toEqual(['the client died (exit): process.exit(1)'])
  expect(silent).toMatchObject({ from: 13 * minute, until: 13 * minute, lanes: [], moments: [] })
})

test('a silence is as long as Retry-After asked, and what is sent into it is counted by who sent it', () => {
  const history = told((story) => {
    const told429 = story.ask('contact.read', { at: '10m' })
    story.attempt(told429, { at: '10m', ends: 429, retryAfter: '30' })
    story.attempt(told429, { at: '10m5s', ends: 429, retryAfter: '30' })
    story.attempt(told429, { at: '10m40s', ends: 200 })
    story.ok(told429, { at: '10m41s' })
    story.read({ at: '10m10s', entity: 'contact:2' })
    story.read({ at: '10m10s', workspace: 'sibling', entity: 'contact:3' })
  })
  const { silences, series } = sceneOf(history, null, [])
  expect(silences.totals).toEqual({ answers: 2, again: 1, others: 1 })
  expect(silences.spans.shown).toMatchObject([{ from: 600_100, until: 635_100, answers: 2 }])
  expect(valuesOf(silences.again, series.grid.steps)[605]).toBe(1)
})

test('whoever comes back when its own silence is over has waited, though another was told to stay away for longer', () => {
  const history = told((story) => {
    const [first, second] = [story.ask('contact.read', { at: '10m' }), story.ask('contact.read', { at: '10m5s' })]
    story.attempt(first, { at: '10m', ends: 429, retryAfter: '10' })
    story.attempt(second, { at: '10m5s', ends: 429, retryAfter: '30' })
    story.attempt(first, { at: '10m11s', ends: 200 })
    story.attempt(second, { at: '10m20s', ends: 200 })
  })
  expect(sceneOf(history, null, []).silences.totals).toEqual({ answers: 2, again: 1, others: 2 })
})

test('bands tell what was on from when to when', () => {
  const history = told((story) => {
    story.event('10m', { kind: 'fault.started', fault: 'loop' })
    story.event('15m', { kind: 'status.changed', component: 'REST API', status: 'major', incident: 'au' })
    story.event('30m', { kind: 'fault.lifted', fault: 'loop' })
    story.event('32m', { kind: 'status.changed', component: 'REST API', status: 'operational', incident: 'au' })
    story.event('40m', { kind: 'fault.started', fault: 'late' })
    story.event('41m', { kind: 'client.restarted', instance: 1, orderly: false })
  })
  const { bands, moments } = sceneOf(history, null, [])
  const shown = bands.shown.map(({ row, name, from, until }) => `${row} ${name} ${from / minute}-${until / minute}`)
  expect(shown).toEqual([
    'phase baseline 0-10',
    'phase onset 10-30',
    'phase recovery 30-60',
    'fault loop 10-30',
    'fault late 40-60',
    'status page REST API 15-32',
  ])
  expect(moments.shown.map(({ says }) => says)).toEqual(['process 1 was killed and started again'])
})

test('what does not fit is left out and counted', () => {
  const phases = Array.from({ length: 700 }, (_, index) => ({ name: `p${index}`, at: index * 1_000 }))
  const { bands } = sceneOf(
    told(() => {}, { phases }),
    null,
    [],
  )
  expect(bands.shown).toHaveLength(600)
  expect(bands.leftOut).toBe(100)
})

test('which fault met which kind of request is counted, and which condition was ever seen', () => {
  const history = told((story) => {
    story.event(0, { kind: 'property.declared', property: 'a copy is shown', type: 'sometimes', by: 'client' })
    story.event(0, { kind: 'property.declared', property: 'never seen', type: 'reachable', by: 'scenario' })
    ends(story)
    story.event('11m', {
      kind: 'property.seen',
      property: 'a copy is shown',
      holds: true,
      instance: 0,
      operation: null,
    })
    story.event('12m', { kind: 'fault.hit', exchange: null, fault: 'forge', decision: 'forge', effect: 'none' })
    story.event('59m', { kind: 'property.counted', property: 'a copy is shown', held: 3, broken: 1 })
  })
  const { meetings, properties } = sceneOf(history, null, [])
  expect(meetings.shown).toEqual([
    { fault: 'fault', route: 'GET /contacts/{id}', hits: 4 },
    { fault: 'forge', route: 'notifications and processes', hits: 1 },
  ])
  expect(properties.shown).toEqual([
    { property: 'a copy is shown', type: 'sometimes', by: 'client', held: 3, broken: 1, firstAt: 11 * minute },
    { property: 'never seen', type: 'reachable', by: 'scenario', held: 0, broken: 0, firstAt: null },
  ])
})

test('the columns of a run in which nothing happens are empty', () => {
  const { series } = sceneOf(
    told(() => {}),
    null,
    [],
  )
  expect(series.sent).toEqual(columnOf([]))
  expect(series.latencies.counts).toEqual([])
})
