import { expect, test } from 'vitest'
import type { End, Story } from '../../test/history-builder.ts'
import { judgeBy, promises, sentenceBy, storyOf, testOracle } from '../../test/judging.ts'

const entity = 'conversation:7'
type Facts = { readonly key?: string; readonly repeats?: number; readonly at?: number; readonly sent?: object }

/** A reply whose exchanges were all committed and ended like this, five seconds apart. */
function reply(story: Story, ends: readonly End[], { key = 'a', at = 60_000, sent = {}, ...more }: Facts = {}): number {
  const asked = story.ask('conversation.reply', { at, key, entity, ...more })
  ends.forEach((end, index) => {
    const commits = { entity, key, version: index + 2 }
    story.attempt(asked, { at: at + index * 5_000, took: '2s', ends: end, commits, ...sent })
  })
  story.error(asked, { at: at + 60_000 })
  return asked
}

/** A reply that was given up after two seconds, was underway for as long as told, and was sent again meanwhile or later. */
function late(
  story: Story,
  { again, arrives }: { again: `${number}m${number}s`; arrives: `${number}m${number}s` },
): number {
  const asked = story.ask('conversation.reply', { at: 0, key: 'a', entity })
  story.attempt(asked, { at: 0, took: '2s', ends: 'abort', commits: { after: arrives, entity, key: 'a', version: 2 } })
  story.attempt(asked, { at: again, ends: 200, commits: { entity, key: 'a', version: 3 } })
  return asked
}

testOracle('no-duplicate-effect', [
  {
    title: 'a write that was lost on the way back and left alone',
    says: 'pass',
    tell: (story) => void reply(story, ['abort']),
  },
  { title: 'the same write twice', says: 'fail', tell: (story) => void reply(story, ['abort', 200]) },
  { title: 'a 500 after the work was done, and again', says: 'fail', tell: (story) => void reply(story, [500, 200]) },
  { title: 'nothing ambiguous happened', says: 'not-armed', tell: (story) => void reply(story, [200]) },
  { title: 'twice without any ambiguity', says: 'fail', tell: (story) => void reply(story, [200, 200]) },
  {
    title: 'a repeated PUT changes nothing more',
    says: 'not-armed',
    tell: (story) => void reply(story, ['abort', 200], { sent: { method: 'PUT' } }),
  },
  {
    title: 'what arrives when it was sent again after two minutes, as it was lost for all anybody can tell',
    says: 'pass',
    tell: (story) => void late(story, { again: '2m2s', arrives: '2m10s' }),
  },
  {
    title: 'what was sent again sooner than that',
    says: 'fail',
    tell: (story) => void late(story, { again: '1m50s', arrives: '2m10s' }),
  },
  {
    title: 'what had arrived when it was sent again, however late',
    says: 'fail',
    tell: (story) => void late(story, { again: '2m30s', arrives: '2m10s' }),
  },
  {
    title: 'what was sent three times, of which one was given up',
    says: 'fail',
    tell: (story) => {
      const asked = late(story, { again: '2m2s', arrives: '2m10s' })
      story.attempt(asked, { at: '3m', ends: 200, commits: { entity, key: 'a', version: 4 } })
    },
  },
  {
    title: 'a POST that updates what is there may arrive twice',
    says: 'not-armed',
    tell: (story) => {
      const asked = story.ask('company.upsert', { at: 0, key: 'a', entity: 'company:7' })
      for (const [at, ends] of [
        [0, 'abort'],
        ['5s', 200],
      ] as const)
        story.attempt(asked, {
          at,
          ends,
          commits: { entity: 'company:7', key: 'a', version: 2, change: 'company updated' },
        })
    },
  },
  {
    title: 'two asks with different keys are two pieces of business',
    says: 'pass',
    tell: (story) => {
      reply(story, ['abort'])
      reply(story, ['abort'], { key: 'b' })
    },
  },
  {
    title: 'two asks with one key may commit twice',
    says: 'pass',
    tell: (story) => {
      reply(story, ['abort'])
      reply(story, ['abort'], { at: 300_000 })
    },
  },
  {
    title: 'two asks with one key, of which one has its answer',
    says: 'pass',
    tell: (story) => {
      reply(story, ['abort'])
      reply(story, [200], { at: 300_000 })
    },
  },
  {
    title: 'an impatient second ask is another ask when no key is promised',
    says: 'pass',
    tell: (story) => {
      const first = reply(story, ['abort'])
      reply(story, ['abort'], { repeats: first, at: 300_000 })
    },
  },
  {
    title: 'and the same ask when one is',
    says: 'fail',
    header: { promises: { 'conversation.reply': { ...promises['conversation.reply'], degrade: [], key: 'body' } } },
    tell: (story) => {
      const first = reply(story, ['abort'])
      reply(story, ['abort'], { repeats: first, at: 300_000 })
    },
  },
  {
    title: 'a duplicate is found whoever sent it',
    says: 'fail',
    tell: (story) => {
      reply(story, ['abort'])
      const commits = { entity, key: 'a', version: 3 }
      story.attempt(null, { at: '3m', method: 'POST', ends: 200, commits })
    },
  },
  {
    title: 'the same key in another workspace is another business',
    says: 'pass',
    tell: (story) => {
      reply(story, ['abort'])
      const commits = { entity, key: 'a', version: 3 }
      story.attempt(null, { at: '3m', method: 'POST', ends: 200, commits, workspace: 'theirs' })
    },
  },
  {
    title: 'without a key the request of one operation decides',
    says: 'fail',
    tell: (story) => {
      const create = story.ask('conversation.open', { at: 0 })
      story.attempt(create, { at: 0, ends: 'abort', commits: { entity: 'conversation:9' } })
      story.attempt(create, { at: '1s', ends: 200, commits: { entity: 'conversation:9' } })
    },
  },
  {
    title: 'a create makes another entity each time',
    says: 'fail',
    tell: (story) => {
      const create = story.ask('conversation.open', { at: 0, key: 'k' })
      story.attempt(create, { at: 0, ends: 'abort', commits: { entity: 'conversation:9', key: 'k' } })
      story.attempt(create, { at: '1s', ends: 200, commits: { entity: 'conversation:10', key: 'k' } })
    },
  },
  {
    title: 'an impatient second ask is another ask when keys are promised for other operations only',
    says: 'pass',
    header: { promises: { 'contact.update': { degrade: [], key: 'body' } } },
    tell: (story) => {
      const first = reply(story, ['abort'])
      reply(story, ['abort'], { repeats: first, at: 300_000 })
    },
  },
  {
    title: 'two asks of one key are each an ask where keys are promised',
    says: 'pass',
    header: { promises: { 'conversation.reply': { ...promises['conversation.reply'], degrade: [], key: 'body' } } },
    tell: (story) => {
      reply(story, ['abort'])
      reply(story, ['abort'], { at: 300_000 })
    },
  },
  {
    title: 'without a key two borrowed exchanges may be of two operations',
    says: 'pass',
    tell: (story) => {
      const create = story.ask('conversation.open', { at: 0 })
      for (const at of [0, 5_000])
        story.attempt(create, { at, ends: 'abort', certain: false, commits: { entity: 'conversation:9' } })
    },
  },
  {
    title: 'without a key another request of the operation is another business',
    says: 'pass',
    tell: (story) => {
      const create = story.ask('conversation.open', { at: 0 })
      for (const other of ['conversation:9', 'contact:1'])
        story.attempt(create, { at: 0, ends: 'abort', commits: { entity: other } })
    },
  },
  {
    title: 'what others change is not ours',
    says: 'not-armed',
    tell: (story) => {
      for (const effect of [1, 2])
        story.event('1m', {
          kind: 'effect.committed',
          effect,
          exchange: null,
          entity,
          key: 'a',
          version: effect,
          change: 'x',
        })
    },
  },
])

test('the sentence names both commits', () => {
  const history = storyOf({ tell: (story) => void reply(story, ['abort', 200]) })
  expect(sentenceBy('no-duplicate-effect', history)).toMatchInlineSnapshot(
    `"Operation 0 (conversation.reply) was asked for once and committed twice (11:01:00Z, 11:01:05Z): POST /conversations/{id}/reply, aborted by the client after 2s at 11:01:02Z, had been done by the API."`,
  )
})

test.for<[string, End[], object]>([
  ['one ambiguous commit', ['abort'], { observed: 0 }],
  [
    'one commit too many: the ask, and both commits with their exchanges',
    ['abort', 200],
    { observed: 1, witness: { length: 7 } },
  ],
  ['two too many: no more than what proves it', ['abort', 200, 200], { observed: 2, witness: { length: 7 } }],
])('what is observed of %s', ([, ends, observed]) => {
  const judgement = judgeBy('no-duplicate-effect', storyOf({ tell: (story) => void reply(story, ends) }))
  expect(judgement).toMatchObject(observed)
})

test('a write of a background task has no operation to name', () => {
  const history = storyOf({
    tell: (story) => {
      const commits = { entity, key: 'z' }
      story.attempt(null, { at: '1m', method: 'POST', ends: 'abort', commits })
      story.attempt(null, { at: '2m', method: 'POST', ends: 200, commits })
    },
  })
  expect(sentenceBy('no-duplicate-effect', history)).toMatch(
    /^A write to conversation:7 was asked for once and committed/u,
  )
})
