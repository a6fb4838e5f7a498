import { expect, test } from 'vitest'
import type { Story, Time } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

const entity = 'contact:1'
const key = 'customer-1'
type Facts = Partial<Parameters<Story['ask']>[1]>
type Did = NonNullable<Parameters<Story['attempt']>[1]['commits']>

function rename(story: Story, at: Time, facts: Facts = {}): number {
  return story.ask('contact.update', { at, key, entity, content: ['name'], ...facts })
}

/** One request for it, from the background when it was queued, and what that did. */
function put(story: Story, of: number | null, at: Time, did?: Partial<Did>): void {
  const commits = did && { entity, key, ...did }
  const facts = { method: 'PUT', route: '/contacts/{id}', key, entity, ends: 200, contains: { [entity]: 2 } } as const
  story.attempt(of, { at, ...facts, ...(commits && { commits }) })
}

function done(story: Story, did?: Partial<Did>, facts: Facts = {}): void {
  const asked = rename(story, '20m', facts)
  put(story, asked, '20m', did)
  story.ok(asked, { at: '20m1s' })
}

function queued(story: Story, at: Time): number {
  const asked = rename(story, at)
  story.ok(asked, { at, result: 'queued' })
  return asked
}

testOracle('writes-what-was-asked', [
  { title: 'as asked', says: 'pass', tell: (story) => done(story, { fulfils: [0] }) },
  { title: 'another name', says: 'fail', tell: (story) => done(story, { lacks: ['name'] }) },
  { title: 'a request that changes nothing', says: 'fail', tell: (story) => done(story) },
  {
    title: 'an answer without anything in it proves nothing',
    says: 'not-armed',
    tell: (story) => {
      const asked = rename(story, '20m')
      story.attempt(asked, { at: '20m', method: 'PUT', key, ends: 200 })
      story.ok(asked, { at: '20m1s' })
    },
  },
  {
    title: 'nor does a look at it',
    says: 'not-armed',
    tell: (story) => {
      const asked = rename(story, '20m')
      story.attempt(asked, { at: '20m', method: 'GET', key, ends: 200, contains: { [entity]: 2 } })
      story.ok(asked, { at: '20m1s' })
    },
  },
  {
    title: 'an answer to what was sent before',
    says: 'not-armed',
    tell: (story) => {
      put(story, null, '19m')
      story.ok(rename(story, '20m'), { at: '20m1s' })
    },
  },
  {
    title: 'what never happened is another story',
    says: 'not-armed',
    tell: (story) => story.ok(rename(story, '20m'), { at: '20m1s' }),
  },
  {
    title: 'an error says nothing of it',
    says: 'not-armed',
    tell: (story) => {
      const asked = rename(story, '20m')
      put(story, asked, '20m', { lacks: ['name'] })
      story.error(asked, { at: '20m1s' })
    },
  },
  { title: 'nothing to compare', says: 'not-armed', tell: (story) => done(story, {}, { content: undefined as never }) },
  {
    title: 'in two steps',
    says: 'pass',
    tell: (story) => {
      const asked = rename(story, '20m')
      put(story, asked, '20m', { lacks: ['name'] })
      put(story, asked, '20m1s', { fulfils: [0] })
      story.ok(asked, { at: '20m2s' })
    },
  },
  {
    title: 'asked again by somebody impatient',
    says: 'pass',
    tell: (story) => {
      const asked = rename(story, '20m')
      const again = rename(story, '20m1s', { repeats: 0 })
      put(story, again, '20m1s', { fulfils: [0] })
      story.ok(again, { at: '20m2s' })
      story.ok(asked, { at: '20m2s' })
    },
  },
  {
    title: 'the write of another one, under the same key',
    says: 'fail',
    tell: (story) => {
      const one = rename(story, '20m')
      const other = rename(story, '20m1s')
      put(story, one, '20m2s', { fulfils: [0] })
      story.ok(one, { at: '20m3s' })
      story.ok(other, { at: '20m3s' })
    },
  },
  {
    title: 'replaced by a later one before it was sent',
    says: 'pass',
    tell: (story) => {
      const one = rename(story, '20m')
      const other = rename(story, '20m1s')
      put(story, other, '20m2s', { fulfils: [1] })
      story.ok(one, { at: '20m3s' })
      story.ok(other, { at: '20m3s' })
    },
  },
  {
    title: 'said to be done before the later one was asked for',
    says: 'fail',
    tell: (story) => {
      done(story, { lacks: ['name'] })
      const other = rename(story, '21m')
      put(story, other, '21m', { fulfils: [1] })
      story.ok(other, { at: '21m1s' })
    },
  },
  {
    title: 'queued and sent without it',
    says: 'fail',
    tell: (story) => {
      queued(story, '31m')
      put(story, null, '33m', { lacks: ['name'] })
    },
  },
  {
    title: 'queued, and a request that changes nothing',
    says: 'fail',
    tell: (story) => {
      queued(story, '31m')
      put(story, null, '33m')
    },
  },
  {
    title: 'queued behind another one, which was sent',
    says: 'pass',
    tell: (story) => {
      queued(story, '31m')
      queued(story, '32m')
      put(story, null, '33m', { fulfils: [0] })
      put(story, null, '34m')
    },
  },
  {
    title: 'queued, and replaced by a later one',
    says: 'pass',
    tell: (story) => {
      queued(story, '31m')
      put(story, null, '31m30s', { lacks: ['name'] })
      queued(story, '32m')
      put(story, null, '33m', { fulfils: [1] })
    },
  },
  {
    title: 'queued, and deleted later',
    says: 'not-armed',
    tell: (story) => {
      queued(story, '31m')
      put(story, null, '31m30s', { lacks: ['name'] })
      const gone = story.ask('contact.delete', { at: '32m', key, entity })
      story.attempt(gone, { at: '32m', method: 'DELETE', key, ends: 200, commits: { entity, key } })
      story.ok(gone, { at: '32m1s' })
    },
  },
  {
    title: 'queued, and never deleted though that was asked for',
    says: 'fail',
    tell: (story) => {
      queued(story, '31m')
      put(story, null, '31m30s', { lacks: ['name'] })
      story.error(story.ask('contact.delete', { at: '32m', key, entity }), { at: '32m1s' })
    },
  },
])

test.for<[string, Partial<Did> | undefined, string]>([
  [
    'lacks',
    { lacks: ['email', 'name'] },
    'Operation 0 (contact.update) was reported done at 11:20:01Z, but what PUT /contacts/{id}, answered 200 after 100ms at 11:20:00Z, changed in contact:1 lacks the email and the name as asked.',
  ],
  [
    'never came to be',
    undefined,
    'Operation 0 (contact.update) was reported done at 11:20:01Z, but PUT /contacts/{id}, answered 200 after 100ms at 11:20:00Z, changed nothing: the name as asked never came to be.',
  ],
])('the sentence names what %s', ([, did, sentence]) => {
  expect(sentenceBy('writes-what-was-asked', storyOf({ tell: (story) => done(story, did) }))).toBe(sentence)
})
