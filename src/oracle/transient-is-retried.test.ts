import { expect, test } from 'vitest'
import type { End, Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'

type Facts = {
  readonly every?: number
  readonly took?: number
  readonly retried?: boolean
  readonly name?: string
  /** The rate window ends so long after the request was sent. */
  readonly resetsIn?: number
  readonly retryAfter?: string
  /** The operation sent so many requests that the harness let the rest hang. */
  readonly limited?: boolean
}

/** A healthy stream of reads, one a second, in which single ones fail. */
function reads(
  story: Story,
  end: End,
  { every = 30, took = 100, retried = false, name = 'contact.read', resetsIn, retryAfter, limited = false }: Facts,
): void {
  for (let index = 0; index < 300; index += 1) {
    const at = 600_000 + index * 1_000
    if (index % every !== every - 1) story.read({ at })
    else {
      const asked = story.ask(name, { at, entity: `contact:${index}`, key: `${index}` })
      const told = {
        ...(resetsIn !== undefined && { resetAt: at + resetsIn }),
        ...(retryAfter !== undefined && { retryAfter }),
      }
      story.attempt(asked, { at, took, ends: end, ...told })
      if (limited) story.event(at, { kind: 'limit.reached', limit: 'exchangesPerOperation', operation: asked })
      if (retried) story.attempt(asked, { at: at + took + 1_000, ends: 200 })
      if (retried) story.ok(asked, { at: at + took + 1_100 })
      else story.error(asked, { at: at + took })
    }
  }
}

/** Replies among the reads, each with a GET that fails: after a POST that ends so, or before one that never comes. */
function replies(story: Story, ends?: End): void {
  reads(story, 200, {})
  for (let index = 0; index < 10; index += 1) {
    const at = 600_500 + index * 30_000
    const reply = story.ask('conversation.reply', { at })
    if (ends) story.attempt(reply, { at, method: 'POST', route: '/conversations/{id}/reply', ends })
    story.attempt(reply, { at: at + 1_000, method: 'GET', route: '/conversations/{id}', ends: 503 })
    story.error(reply, { at: at + 1_200 })
  }
}

/** The scenario expects it: whoever never tries again is judged too. */
const header = { expect: [{ oracle: 'transient-is-retried', settings: {} }] }

const rows: readonly Case[] = [
  { title: 'every single failure passed on', says: 'fail', tell: (story) => reads(story, 503, {}) },
  { title: 'every single failure tried again', says: 'pass', tell: (story) => reads(story, 503, { retried: true }) },
  { title: 'resets count', says: 'fail', tell: (story) => reads(story, 'ECONNRESET', {}) },
  { title: 'the own time-out counts', says: 'fail', tell: (story) => reads(story, 'abort', { took: 3_000 }) },
  {
    title: 'no time left within the promise',
    says: 'not-armed',
    tell: (story) => reads(story, 'abort', { took: 9_000 }),
  },
  { title: 'exactly enough time left', says: 'fail', tell: (story) => reads(story, 'abort', { took: 7_000 }) },
  {
    title: 'what the harness let hang is no failure of the network',
    says: 'not-armed',
    tell: (story) => reads(story, 'abort', { took: 3_000, limited: true }),
  },
  {
    title: 'a certificate is no better a second later',
    says: 'not-armed',
    tell: (story) => reads(story, 'CERT_HAS_EXPIRED', {}),
  },
  { title: 'permanent answers are not meant', says: 'not-armed', tell: (story) => reads(story, 404, {}) },
  { title: 'one in five failing is an outage', says: 'not-armed', tell: (story) => reads(story, 503, { every: 5 }) },
  {
    title: 'a write that may have happened is left alone',
    says: 'not-armed',
    tell: (story) => reads(story, 'abort', { name: 'conversation.reply' }),
  },
  {
    title: 'a look at what has become of a write is left alone, too',
    says: 'not-armed',
    tell: (story) => replies(story, 'ECONNRESET'),
  },
  {
    title: 'a read after a write that went well is the next step',
    says: 'fail',
    tell: (story) => replies(story, 200),
  },
  {
    title: 'a read before the write is not',
    says: 'fail',
    tell: (story) => replies(story),
  },
  {
    title: 'a write that was never sent is safe',
    says: 'fail',
    tell: (story) => reads(story, 'ECONNREFUSED', { name: 'conversation.reply' }),
  },
  {
    title: 'the server asks for a pause for which there is time',
    says: 'fail',
    tell: (story) => reads(story, 503, { retryAfter: '6' }),
  },
  {
    title: 'the server asks for a pause for which there is none',
    says: 'not-armed',
    tell: (story) => reads(story, 503, { retryAfter: '7' }),
  },
  {
    title: 'the server asks for nonsense',
    says: 'fail',
    tell: (story) => reads(story, 503, { retryAfter: 'soon' }),
  },
  {
    title: 'the rate window ends soon',
    says: 'fail',
    tell: (story) => reads(story, 429, { resetsIn: 3_000 }),
  },
  {
    title: 'the rate window goes on for longer than a retry takes',
    says: 'not-armed',
    tell: (story) => reads(story, 429, { resetsIn: 3_200 }),
  },
  {
    title: 'the end of a rate window says nothing about a 503',
    says: 'fail',
    tell: (story) => reads(story, 503, { resetsIn: 8_000 }),
  },
  { title: 'three operations are too few', says: 'few-samples', tell: (story) => reads(story, 503, { every: 100 }) },
  {
    title: 'the last probes of a breaker before the fault lifts are no hiccups',
    says: 'not-armed',
    // A workspace that rests for 20 s sends one probe at a time; then everything is well, and there are many of them.
    tell: (story) => {
      for (let round = 0; round < 8; round += 1) {
        const from = 600_000 + round * 300_000
        for (let nth = 0; nth < 3; nth += 1) {
          const at = from + nth * 20_000
          const asked = story.ask('contact.read', { at, entity: 'contact:1' })
          story.attempt(asked, { at, ends: 503 })
          story.error(asked, { at: at + 100 })
        }
        for (let index = 1; index < 60; index += 1) story.read({ at: from + 40_000 + index * 1_000 })
      }
    },
  },
  {
    title: 'so is the first failure of an outage that is over in half a minute, for a client that rests',
    says: 'not-armed',
    tell: (story) => {
      for (let round = 0; round < 8; round += 1) {
        const from = 600_000 + round * 300_000
        for (let index = 0; index < 60; index += 1) story.read({ at: from + index * 1_000 })
        const asked = story.ask('contact.read', { at: from + 60_000, entity: 'contact:1' })
        story.attempt(asked, { at: from + 60_000, ends: 503 })
        story.error(asked, { at: from + 60_100 })
        for (let index = 0; index < 30; index += 1) story.read({ at: from + 90_000 + index * 1_000 })
      }
    },
  },
  {
    title: 'an owed copy is a fine answer',
    says: 'not-armed',
    tell: (story) => {
      for (let index = 0; index < 300; index += 1) {
        const at = 600_000 + index * 1_000
        if (index % 30 !== 29) story.read({ at })
        else {
          const asked = story.ask('contact.read', { at, entity: 'contact:1' })
          story.attempt(asked, { at, ends: 503 })
          story.ok(asked, { at: at + 100, result: 'stale', ageMs: 1_000 })
        }
      }
    },
  },
  {
    title: 'a retry in another context is a retry',
    says: 'pass',
    tell: (story) => {
      for (let index = 0; index < 300; index += 1) {
        const at = 600_000 + index * 1_000
        if (index % 30 !== 29) story.read({ at })
        else {
          const asked = story.ask('contact.read', { at, entity: `contact:${index}` })
          story.attempt(asked, { at, ends: 503 })
          story.attempt(null, { at: at + 1_100, ends: 503, entity: `contact:${index}` })
          story.error(asked, { at: at + 1_300 })
        }
      }
    },
  },
]

testOracle(
  'transient-is-retried',
  rows.map((row) => ({ header, ...row })),
)

testOracle('transient-is-retried', [
  {
    title: 'whoever never tries again has made a choice',
    says: 'not-applicable',
    tell: (story) => reads(story, 503, {}),
  },
  {
    title: 'whoever tries anything again is asked to do it here too',
    says: 'fail',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '1m', entity: 'contact:1' })
      for (const at of [60_000, 62_000]) story.attempt(read, { at, ends: 500 })
      story.error(read, { at: '1m3s' })
      reads(story, 503, {})
    },
  },
])

test('the sentence shows one that gave up', () => {
  const history = storyOf({ header, tell: (story) => reads(story, 503, {}) })
  expect(sentenceBy('transient-is-retried', history)).toMatchInlineSnapshot(
    `"9 of 9 operations gave up at the first transient failure; operation 29 (contact.read) sent GET /contacts/{id}, answered 503 after 100ms at 11:10:29Z, and failed at 11:10:29Z, with 9.9s of its promise left."`,
  )
})
