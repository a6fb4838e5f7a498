import { expect, test } from 'vitest'
import type { Story, Time } from '../../test/history-builder.ts'
import { judgeBy, promises, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { deliver } from '../../test/webhook-stories.ts'
import { minute } from '../../test/history-builder.ts'

const entity = 'contact:1'
const fresh30 = {
  promises: { ...promises, 'contact.read': { ...promises['contact.read'], freshMs: 30_000, degrade: [] } },
}

/** Received at 10m and 100 ms; handed over from memory at `at`. */
function fromMemory(story: Story, at: Time, facts: Partial<Parameters<Story['ok']>[1]> = {}, instance = 0): void {
  story.read({ at: '10m', entity })
  const again = story.ask('contact.read', { at, entity, instance })
  story.ok(again, { at, truth: { entity }, ...facts })
}

/** Something that cannot be compared, ten minutes after a good read; the API does not answer. */
function withoutTruth(story: Story, facts: Partial<Parameters<Story['ok']>[1]>): void {
  story.read({ at: '10m', entity })
  const again = story.ask('contact.read', { at: '20m', entity })
  story.attempt(again, { at: '20m', took: 0, ends: 503 })
  story.ok(again, { at: '20m', ...facts })
}

/** Ten minutes after a good read the API gives these answers, and a copy is handed over. */
function despite(story: Story, answers: readonly number[], facts: Partial<Parameters<Story['ok']>[1]> = {}): void {
  story.read({ at: '10m', entity })
  const again = story.ask('contact.read', { at: '20m', entity })
  answers.forEach((ends, index) => {
    const contains = ends === 200 ? { [entity]: 1 } : {}
    story.attempt(again, { at: 20 * minute + index * 1_000, ends, contains })
  })
  story.ok(again, { at: '20m5s', result: 'stale', ageMs: 605_000, truth: { entity }, ...facts })
}

function listed(story: Story, facts: { readonly missing?: number }): void {
  const list = story.ask('contact.list', { at: '10m' })
  story.attempt(list, { at: '10m', route: '/contacts', ends: 200, contains: { [entity]: 1 } })
  story.ok(list, { at: '10m1s', truth: { entity, ...facts } })
}

testOracle('honest-degradation', [
  { title: 'half a list as a whole one', says: 'fail', tell: (story) => listed(story, { missing: 3 }) },
  { title: 'a whole list', says: 'pass', tell: (story) => listed(story, {}) },
  { title: 'a copy in spite of a 404', says: 'fail', tell: (story) => despite(story, [404]) },
  { title: 'or of a 410', says: 'fail', tell: (story) => despite(story, [410]) },
  { title: 'or of a 404 after something else', says: 'fail', tell: (story) => despite(story, [503, 404]) },
  { title: 'a copy in spite of a 503', says: 'pass', tell: (story) => despite(story, [503]) },
  { title: 'a copy after a 404 and a better answer', says: 'pass', tell: (story) => despite(story, [404, 200]) },
  {
    title: 'a copy that cannot be compared, in spite of a 404',
    says: 'fail',
    tell: (story) => despite(story, [404], { truth: { entity, matched: null } }),
  },
  {
    title: 'a copy in an outage after a 404 of earlier',
    says: 'pass',
    tell: (story) => {
      story.read({ at: '10m', entity })
      const gone = story.ask('contact.read', { at: '15m', entity })
      story.attempt(gone, { at: '15m', ends: 404 })
      story.error(gone, { at: '16m' })
      const again = story.ask('contact.read', { at: '20m', entity })
      story.ok(again, { at: '20m', result: 'stale', ageMs: 10 * minute, truth: { entity } })
    },
  },
  { title: 'what the operation itself fetched is fresh', says: 'pass', tell: (story) => void story.read({ at: 0 }) },
  { title: 'a copy from memory called fresh', says: 'fail', tell: (story) => fromMemory(story, '11m') },
  {
    title: 'a copy as old as promised is fresh',
    says: 'pass',
    header: fresh30,
    tell: (story) => fromMemory(story, 10 * minute + 30_100),
  },
  {
    title: 'a millisecond older is not',
    says: 'fail',
    header: fresh30,
    tell: (story) => fromMemory(story, 10 * minute + 30_101),
  },
  {
    title: 'a declared age that is true',
    says: 'pass',
    tell: (story) => fromMemory(story, '20m', { result: 'stale', ageMs: 599_900 }),
  },
  {
    title: 'a declared age told in whole seconds',
    says: 'pass',
    tell: (story) => fromMemory(story, '20m', { result: 'stale', ageMs: 598_900 }),
  },
  {
    title: 'a declared age that is too young',
    says: 'fail',
    tell: (story) => fromMemory(story, '20m', { result: 'stale', ageMs: 60_000 }),
  },
  {
    title: 'modesty is none where no age is promised',
    says: 'pass',
    header: { promises: { 'contact.read': { degrade: [{ kind: 'error' }] } } },
    tell: (story) => fromMemory(story, '20m', { result: 'stale', ageMs: 3_000_000 }),
  },
  {
    title: 'modesty about the age is no lie',
    says: 'pass',
    tell: (story) => fromMemory(story, '20m', { result: 'stale', ageMs: 3_000_000 }),
  },
  {
    title: 'a declared copy of unknown age within the promise',
    says: 'pass',
    tell: (story) => fromMemory(story, '20m', { result: 'stale' }),
  },
  {
    title: 'a declared copy older than promised',
    says: 'fail',
    header: {
      promises: { 'contact.read': { degrade: [{ kind: 'stale', maxAgeMs: 5 * minute }] } },
    },
    tell: (story) => fromMemory(story, '20m', { result: 'stale', ageMs: 599_900 }),
  },
  {
    title: 'a value that another process of the client received',
    says: 'fail',
    tell: (story) => fromMemory(story, '11m', { result: 'stale', ageMs: 59_900 }, 1),
  },
  {
    title: 'a value of another entity',
    says: 'fail',
    tell: (story) => fromMemory(story, '10m1s', { truth: { entity: 'contact:2', foreign: true } }),
  },
  {
    title: 'a value that never was',
    says: 'fail',
    tell: (story) => fromMemory(story, '10m1s', { truth: { entity, matched: null, invented: ['name'] } }),
  },
  {
    title: 'a value of mixed versions is not judged',
    says: 'not-armed',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0, entity })
      story.attempt(read, { at: 0, took: 0, ends: 200, contains: { [entity]: 1 } })
      story.ok(read, { at: 0, truth: { entity, matched: null } })
    },
  },
  {
    title: 'a fallback declares to be something else',
    says: 'not-armed',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0, entity })
      story.ok(read, { at: 0, result: 'fallback', truth: { entity, invented: ['name'] } })
    },
  },
  {
    title: 'one exchange may serve all who wait for it',
    says: 'pass',
    tell: (story) => {
      const first = story.ask('contact.read', { at: 0, entity })
      const second = story.ask('contact.read', { at: '1s', entity })
      story.attempt(first, { at: 0, took: '2s', ends: 200, contains: { [entity]: 1 } })
      story.ok(first, { at: '2s', truth: { entity } })
      story.ok(second, { at: '2s', truth: { entity } })
    },
  },
  {
    title: 'a lagging replica is not the fault of the client',
    says: 'pass',
    tell: (story) => {
      story.read({ at: 0, entity, version: 5 })
      const read = story.ask('contact.read', { at: '1m', entity })
      story.attempt(read, { at: '1m', ends: 200, contains: { [entity]: 3 } })
      story.ok(read, { at: 60_100, truth: { entity, matched: 3, current: 5 } })
    },
  },
  {
    title: 'a newer version that looks the same explains an older response',
    says: 'pass',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '1m', entity })
      story.attempt(read, { at: '1m', ends: 200, contains: { [entity]: 3 } })
      story.ok(read, { at: 60_100, truth: { entity, matched: 4, current: 4 } })
    },
  },
  {
    title: 'a value that only a notification can have told of',
    says: 'uncertain',
    tell: (story) => {
      deliver(story, 1, { at: '5m', id: 'a', answer: 200, entity })
      story.ok(story.ask('contact.read', { at: '6m', entity }), {
        at: '6m',
        result: 'stale',
        ageMs: 0,
        truth: { entity },
      })
    },
  },
  {
    title: 'a copy that a notification has renewed is as old as that',
    says: 'pass',
    tell: (story) => {
      story.read({ at: 0, entity })
      deliver(story, 1, { at: '5m', id: 'a', answer: 200, entity })
      story.ok(story.ask('contact.read', { at: '6m', entity }), {
        at: '6m',
        result: 'stale',
        ageMs: 60_000,
        truth: { entity },
      })
    },
  },
  {
    title: 'a forged notification renews nothing',
    says: 'fail',
    tell: (story) => {
      story.read({ at: 0, entity })
      deliver(story, 1, { at: '5m', id: 'a', answer: 401, forged: true, entity })
      story.ok(story.ask('contact.read', { at: '6m', entity }), {
        at: '6m',
        result: 'stale',
        ageMs: 60_000,
        truth: { entity },
      })
    },
  },
  {
    title: 'an old copy although a newer one was received',
    says: 'fail',
    tell: (story) => {
      story.read({ at: 0, entity, version: 1 })
      const read = story.ask('contact.read', { at: '1m', entity })
      story.attempt(read, { at: '1m', ends: 200, contains: { [entity]: 2 } })
      story.ok(read, { at: 60_100, truth: { entity, matched: 1, current: 2 } })
    },
  },
  {
    title: 'a garbled body handed over as a value',
    says: 'fail',
    tell: (story) => {
      for (let index = 0; index < 5; index += 1) story.read({ at: index * 1_000, entity })
      const read = story.ask('contact.read', { at: '1m', entity })
      story.attempt(read, { at: '1m', ends: 200 })
      story.ok(read, { at: 60_100 })
    },
  },
  {
    title: 'view models that cannot be compared are not judged',
    says: 'uncertain',
    tell: (story) => {
      for (let index = 0; index < 5; index += 1) {
        const read = story.ask('contact.read', { at: index * 1_000, entity })
        story.attempt(read, { at: index * 1_000, ends: 200, contains: { [entity]: 1 } })
        story.ok(read, { at: index * 1_000 + 100 })
      }
    },
  },
  {
    title: 'a view model that no response can explain',
    says: 'fail',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '1m', entity })
      story.attempt(read, { at: '1m', ends: 503 })
      story.ok(read, { at: 60_100 })
    },
  },
  {
    title: 'a view model called fresh although the last response is old',
    says: 'fail',
    tell: (story) => withoutTruth(story, {}),
  },
  {
    title: 'a view model declared younger than the last response',
    says: 'fail',
    tell: (story) => withoutTruth(story, { result: 'stale', ageMs: 0 }),
  },
  {
    title: 'a view model with its true age may be true',
    says: 'pass',
    tell: (story) => withoutTruth(story, { result: 'stale', ageMs: 599_900 }),
  },
  {
    title: 'nothing handed over as a fresh value',
    says: 'fail',
    tell: (story) => withoutTruth(story, { hollow: true }),
  },
  {
    title: 'nothing handed over as a copy',
    says: 'fail',
    tell: (story) => withoutTruth(story, { hollow: true, result: 'stale', ageMs: 599_900 }),
  },
  {
    title: 'nothing handed over without a request',
    says: 'fail',
    tell: (story) => story.ok(story.ask('contact.read', { at: 0, entity }), { at: 0, hollow: true }),
  },
  {
    title: 'nothing handed over although the answer contained it',
    says: 'fail',
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0, entity })
      story.attempt(read, { at: 0, ends: 200, contains: { [entity]: 1 } })
      story.ok(read, { at: 100, hollow: true })
    },
  },
  {
    title: 'nothing as a fallback is declared to be something else',
    says: 'not-armed',
    tell: (story) =>
      story.ok(story.ask('contact.read', { at: 0, entity }), { at: 0, hollow: true, result: 'fallback' }),
  },
  {
    title: 'a search that found nothing hands over nothing',
    says: 'uncertain',
    tell: (story) => {
      const search = story.ask('contact.search', { at: 0, entity })
      story.attempt(search, { at: 0, method: 'POST', route: '/contacts/search', ends: 200 })
      story.ok(search, { at: 100, hollow: true })
    },
  },
  {
    title: 'nothing, after a 404, is an honest answer',
    says: 'pass',
    tell: (story) => {
      story.read({ at: 0, entity })
      const read = story.ask('contact.read', { at: '1m', entity })
      story.attempt(read, { at: '1m', ends: 404 })
      story.ok(read, { at: 60_100, hollow: true })
    },
  },
  {
    title: 'reads are told apart by name: one that never compares is left out',
    says: 'pass',
    tell: (story) => {
      story.read({ at: 0, entity })
      const read = story.ask('conversation.read', { at: '1m', entity: 'conversation:7' })
      story.attempt(read, { at: '1m', ends: 200, contains: { 'conversation:7': 1 } })
      story.ok(read, { at: 60_100 })
    },
  },
])

test.for<[string, (story: Story) => void]>([
  ['stale as fresh', (story) => fromMemory(story, '56m')],
  ['declared too young', (story) => fromMemory(story, '20m', { result: 'stale', ageMs: 60_000 })],
  ['nothing', (story) => withoutTruth(story, { hollow: true })],
  ['view model', (story) => withoutTruth(story, {})],
  ['never received', (story) => story.ok(story.ask('contact.read', { at: 0, entity }), { at: 0 })],
  ['foreign', (story) => fromMemory(story, '10m1s', { truth: { entity: 'contact:2', foreign: true } })],
])('the sentence tells the true age: %s', ([, tell]) => {
  expect(sentenceBy('honest-degradation', storyOf({ tell }))).toMatchSnapshot()
})

test('a client whose values cannot be compared is told how to show them', () => {
  const tell = (story: Story): void => {
    const read = story.ask('contact.read', { at: '1m', entity })
    story.attempt(read, { at: '1m', ends: 200, contains: { [entity]: 1 } })
    story.ok(read, { at: 60_100 })
  }
  const judgement = judgeBy('honest-degradation', storyOf({ tell }))
  expect(judgement).toMatchObject({ reason: 'uncertain', detail: expect.stringContaining('`shows`') })
})

test('the sentence says when the API had said that it is gone', () => {
  expect(sentenceBy('honest-degradation', storyOf({ tell: (story) => despite(story, [404]) }))).toMatchInlineSnapshot(
    `"Operation 1 (contact.read) handed over a copy of contact:1 at 11:20:05Z although the API had said at 11:20:00Z that there is no such thing (any more)."`,
  )
})

test('the sentence says how much of a list is missing', () => {
  const history = storyOf({ tell: (story) => listed(story, { missing: 3 }) })
  expect(sentenceBy('honest-degradation', history)).toMatchInlineSnapshot(
    `"Operation 0 (contact.list) handed over a list at 11:10:01Z without 3 that were there all the time, as if it were whole."`,
  )
})
