import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'
import { askedAgainAfterError, errorOf } from '../../test/stories/memory.ts'

const entity = 'contact:1'
const at = 20 * minute

/** Answered so, and handed over again, unasked, after two minutes, while others are answered so. */
function kept(story: Story, status: number, hit: boolean, others: number, result: number | 'nothing' = status): void {
  const first = story.ask('contact.read', { at, entity })
  story.attempt(first, { at, ends: status, ...(hit && { hit: 'respond' as const }) })
  story.event(at + 100, errorOf(first, status))
  const againAt = at + 2 * minute
  for (const before of [4_000, 2_000]) {
    const other = story.ask('contact.read', { at: againAt - before, entity: 'contact:2' })
    story.attempt(other, { at: againAt - before, ends: others })
    story.ok(other, { at: againAt - before + 200 })
  }
  const again = story.ask('contact.read', { at: againAt, entity })
  if (result === 'nothing') story.ok(again, { at: againAt + 1, hollow: true })
  else story.event(againAt + 1, errorOf(again, result))
}

type Asked = Partial<Parameters<Story['ask']>[1]>
type Sent = Partial<Parameters<Story['attempt']>[1]>
type Again = {
  /** What was sent for the thing, one a second. */
  readonly earlier?: readonly Sent[]
  /** When it is asked for again, and by whom. */
  readonly afterMs?: number
  readonly asked?: Asked
  /** What others were answered, so long before it is asked for again. */
  readonly others?: readonly (readonly [beforeMs: number, ends: number])[]
  readonly settles?: (story: Story, operation: number, at: number) => void
}

function askedAgain(story: Story, { earlier = [{}], afterMs = 2 * minute, ...facts }: Again): void {
  const {
    asked = {},
    others = [
      [4_000, 200],
      [2_000, 200],
    ],
    settles,
  } = facts
  earlier.forEach((sent, nth) => story.attempt(null, { at: at + nth * 1_000, ends: 503, entity, ...sent }))
  const againAt = at + afterMs
  for (const [before, ends] of others) story.attempt(null, { at: againAt - before, ends, entity: 'contact:2' })
  const operation = story.ask('contact.read', { at: againAt, entity, ...asked })
  if (settles) settles(story, operation, againAt)
  else story.event(againAt + 1, errorOf(operation, 503))
}

const told: readonly (readonly [title: string, says: Case['says'], facts: Again])[] = [
  [
    'others were answered half a minute ago',
    'fail',
    {
      others: [
        [32_000, 200],
        [30_100, 200],
      ],
    },
  ],
  [
    'others were answered longer ago',
    'not-armed',
    {
      others: [
        [32_000, 200],
        [30_101, 200],
      ],
    },
  ],
  ['one other was answered', 'not-armed', { others: [[2_000, 200]] }],
  [
    'the last of the others failed',
    'not-armed',
    {
      others: [
        [4_000, 200],
        [2_000, 503],
      ],
    },
  ],
  [
    'the last but one of the others failed',
    'not-armed',
    {
      others: [
        [4_000, 503],
        [2_000, 200],
      ],
    },
  ],
  [
    'others were answered before the error',
    'not-armed',
    {
      afterMs: 20_000,
      others: [
        [22_000, 200],
        [20_001, 200],
      ],
    },
  ],
  [
    'others were answered in the moment of the error',
    'pass',
    {
      afterMs: 20_000,
      others: [
        [20_000, 200],
        [20_000, 200],
      ],
    },
  ],
  ['the lowest status of an error, by a fault', 'not-armed', { earlier: [{ ends: 400, hit: 'respond' }] }],
  ['what a fault delays is true', 'not-armed', { earlier: [{ ends: 404, hit: 'delay' }], settles: refusedWith(404) }],
  ['what a fault lets drip is true', 'not-armed', { earlier: [{ ends: 404, hit: 'drip' }], settles: refusedWith(404) }],
  [
    'the lowest error that a fault answers',
    'fail',
    { earlier: [{ ends: 400, hit: 'respond' }], settles: refusedWith(400) },
  ],
  ['what is below is none', 'not-armed', { earlier: [{ ends: 399, hit: 'respond' }], settles: refusedWith(399) }],
  ['it was well meanwhile', 'not-armed', { earlier: [{}, { ends: 200 }] }],
  ['it was well before', 'fail', { earlier: [{ ends: 200 }, {}] }],
  ['one that hangs among the last three', 'not-armed', { earlier: [{ ends: 'never' }, {}, {}] }],
  ['one that has hung for longer', 'fail', { earlier: [{ ends: 'never' }, {}, {}, {}] }],
  ['another process was told the error', 'not-armed', { earlier: [{ instance: 1 }] }],
  ['another workspace was told the error', 'not-armed', { earlier: [{ workspace: 'sibling' }] }],
  ['a write is refused', 'not-armed', { asked: { effect: 'write' } }],
  [
    'the person leaves',
    'not-armed',
    {
      settles: (story, operation, when) => {
        story.cancel(operation, { at: when })
        story.event(when + 1, errorOf(operation, 503))
      },
    },
  ],
  ['it never settles', 'not-armed', { settles: () => undefined }],
  [
    'nothing, and it does not pretend that it is fresh',
    'not-armed',
    { settles: (story, operation, when) => story.ok(operation, { at: when, result: 'stale', hollow: true }) },
  ],
  [
    'it waits for a request that hangs, and is asked for again afterwards',
    'not-armed',
    {
      earlier: [{}, { ends: 'never' }],
      settles: (story, operation, when) => {
        story.event(when + 1, errorOf(operation, 503))
        story.attempt(null, { at: when + 60_000, ends: 200, entity })
      },
    },
  ],
  ['a value, as a success', 'not-armed', { settles: (story, operation, when) => story.ok(operation, { at: when }) }],
  [
    'its own request, which may be somebody else’s',
    'not-armed',
    {
      settles: (story, operation, when) => {
        story.attempt(operation, { at: when, ends: 503, certain: false })
        story.event(when + 200, errorOf(operation, 503))
      },
    },
  ],
]

function refusedWith(status: number): NonNullable<Again['settles']> {
  return (story, operation, when) => story.event(when + 1, errorOf(operation, status))
}

testOracle('errors-are-not-cached', [
  { title: 'asking again is right', says: 'pass', tell: (story) => askedAgainAfterError(story, 2 * minute, true) },
  {
    title: 'an error that is kept for two minutes is a value',
    says: 'fail',
    tell: (story) => askedAgainAfterError(story, 2 * minute, false),
  },
  { title: 'a minute is allowed', says: 'pass', tell: (story) => askedAgainAfterError(story, minute, false) },
  { title: 'a 5xx passes, fault or not', says: 'fail', tell: (story) => kept(story, 503, false, 200) },
  { title: 'a thing that is gone stays gone', says: 'not-armed', tell: (story) => kept(story, 404, false, 200) },
  { title: 'a 404 that a fault answered is not true', says: 'fail', tell: (story) => kept(story, 404, true, 200) },
  {
    title: 'nothing at all, as a success, is a kept 404',
    says: 'fail',
    tell: (story) => kept(story, 404, true, 200, 'nothing'),
  },
  {
    title: 'a 429 to another request asks everybody for a pause',
    says: 'not-armed',
    tell: (story) => {
      kept(story, 429, false, 200)
      story.attempt(null, { at: at + 2 * minute - 1_000, took: 100, ends: 429, method: 'POST', route: '/tags' })
    },
  },
  {
    title: 'a 429 before others were answered well asks for none',
    says: 'fail',
    tell: (story) => {
      kept(story, 429, false, 200)
      story.attempt(null, { at: at + 2 * minute - 20_000, took: 100, ends: 429, method: 'POST', route: '/tags' })
    },
  },
  { title: 'an open breaker refuses as well', says: 'pass', tell: (story) => kept(story, 503, false, 503) },
  {
    title: 'another error is not the one that was kept',
    says: 'not-armed',
    tell: (story) => kept(story, 503, false, 200, 429),
  },
  {
    title: 'who waits for the request of another sends nothing',
    says: 'not-armed',
    tell: (story) => {
      const first = story.ask('contact.read', { at, entity })
      story.attempt(first, { at, ends: 500 })
      story.attempt(null, { at: at + 119_000, took: 2_000, ends: 500, entity })
      for (const before of [4_000, 2_000]) story.read({ at: at + 120_000 - before, entity: 'contact:2' })
      story.event(at + 100, errorOf(first, 500))
      const again = story.ask('contact.read', { at: at + 120_000, entity })
      story.event(at + 121_000, errorOf(again, 500))
    },
  },
  { title: 'a millisecond more is not', says: 'fail', tell: (story) => askedAgainAfterError(story, minute + 1, false) },
  ...told.map(([title, says, facts]): Case => ({ title, says, tell: (story) => askedAgain(story, facts) })),
  { title: 'no error, nothing to judge', says: 'not-armed', tell: (story) => void story.read({ at }) },
])

test('the sentence names the error, its age and the others', () => {
  const history = storyOf({ tell: (story) => askedAgainAfterError(story, 2 * minute, false) })
  expect(sentenceBy('errors-are-not-cached', history)).toMatchInlineSnapshot(
    `"Operation 3 (contact.read) was given the same 500 at 11:22:00Z without a request, 2m after GET /contacts/{id} for contact:1 was answered 500 after 100ms at 11:20:00Z; an error may be kept for 1m, and the same request for others was answered 200 after 100ms at 11:21:58Z."`,
  )
})
