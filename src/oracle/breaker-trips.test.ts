import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'
import { breaker, failed, held, outageAt, trip, trippedAt } from '../../test/stories/breaker.ts'

const header = { declares: { breaker } }
const share = { declares: { breaker: { ...breaker, failures: 4, share: 0.5, windowMs: 10_000 } } }

/** Nothing else is known to have opened it. */
function further(story: Story, count: number, from = trippedAt + 1_000): void {
  for (let index = 0; index < count; index += 1) failed(story, from + index * 1_000)
}

const cases: readonly Case[] = [
  {
    title: 'what is asked for afterwards is held back',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 1_000)
    },
  },
  { title: 'it never opens', says: 'fail', header, tell: (story) => trip(story, outageAt, 30) },
  {
    title: 'two more may have been on their way',
    says: 'pass',
    header,
    tell: (story) => {
      trip(story, outageAt)
      further(story, 2)
      held(story, trippedAt + 3_000)
    },
  },
  ...(
    [
      [8_000, 'pass'],
      [7_999, 'not-armed'],
    ] as const
  ).map(([ms, says]) => ({
    title: `nothing for ${ms} ms of the ten seconds that it rests`,
    says,
    header,
    tell: (story: Story) => {
      trip(story, outageAt)
      further(story, 1, trippedAt + ms)
    },
  })),
  {
    title: 'two more, and nobody else asks',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, outageAt)
      further(story, 2)
    },
  },
  ...[7, 8].map((count) => ({
    title: `two more of the ${2 + count} that are asked for`,
    says: 'pass' as const,
    header,
    tell: (story: Story) => {
      trip(story, outageAt)
      further(story, 2)
      for (let nth = 0; nth < count; nth += 1) held(story, trippedAt + 3_000 + nth * 100)
    },
  })),
  {
    title: 'three more were not',
    says: 'fail',
    header,
    tell: (story) => {
      trip(story, outageAt)
      further(story, 3)
      held(story, trippedAt + 4_000)
    },
  },
  {
    title: 'one failure after another, rarely, shows in the share',
    says: 'fail',
    header,
    tell: (story) => {
      for (let nth = 0; nth < 40; nth += 1) failed(story, outageAt + nth * 9_000 - (nth % 2) * 5_000)
    },
  },
  {
    title: 'where few ask nobody knows',
    says: 'pass',
    header,
    tell: (story) => {
      for (let nth = 0; nth < 20; nth += 1) failed(story, outageAt + nth * 30_000)
    },
  },
  {
    title: 'the declared number is not yet one more',
    says: 'not-armed',
    header,
    tell: (story) => trip(story, outageAt, 3),
  },
  {
    title: 'a good answer begins a new count',
    says: 'not-armed',
    header,
    tell: (story) => {
      for (let round = 0; round < 10; round += 1) {
        trip(story, outageAt + round * 10_000, 3)
        story.read({ at: outageAt + round * 10_000 + 5_000 })
      }
    },
  },
  {
    title: 'a good answer to the background counts as well',
    says: 'not-armed',
    header,
    tell: (story) => {
      for (let round = 0; round < 10; round += 1) {
        trip(story, outageAt + round * 10_000, 3)
        story.attempt(null, { at: outageAt + round * 10_000 + 5_000, ends: 200, workspace: 'ours' })
      }
    },
  },
  {
    title: 'an operation counts once, whatever its attempts',
    says: 'not-armed',
    header,
    tell: (story) => {
      for (let nth = 0; nth < 3; nth += 1) {
        const read = story.ask('contact.read', { at: outageAt + nth * 9_000 })
        for (let attempt = 0; attempt < 4; attempt += 1)
          story.attempt(read, { at: outageAt + nth * 9_000 + attempt * 2_000, ends: 503 })
        story.error(read, { at: outageAt + nth * 9_000 + 8_000 })
      }
    },
  },
  {
    title: 'what was asked for before may go on',
    says: 'pass',
    header,
    tell: (story) => {
      const early = Array.from({ length: 8 }, () => story.ask('contact.read', { at: outageAt }))
      trip(story, outageAt)
      early.forEach((read, index) => {
        story.attempt(read, { at: trippedAt + 200 + index * 200, ends: 503 })
        story.error(read, { at: trippedAt + 300 + index * 200 })
      })
      held(story, trippedAt + 5_000)
    },
  },
  {
    title: 'callers who left are no failures',
    says: 'not-armed',
    header,
    tell: (story) => {
      for (let nth = 0; nth < 20; nth += 1) {
        const at = outageAt + nth * 1_000
        const read = story.ask('contact.read', { at })
        story.cancel(read, { at: at + 500 })
        story.attempt(read, { at, took: 501, ends: 'abort' })
        story.error(read, { at: at + 502 })
      }
    },
  },
  {
    title: 'refusals and limits are none either',
    says: 'not-armed',
    header,
    tell: (story) => {
      for (let nth = 0; nth < 30; nth += 1) failed(story, outageAt + nth * 1_000, nth % 2 ? 404 : 429)
    },
  },
  {
    title: 'time-outs are',
    says: 'fail',
    header,
    tell: (story) => {
      for (let nth = 0; nth < 30; nth += 1) failed(story, outageAt + nth * 2_000, 'abort', { took: 1_500 })
    },
  },
  {
    title: 'operations that are not guarded do not count',
    says: 'not-armed',
    header: { declares: { breaker: { ...breaker, guards: ['ticket.read'] } } },
    tell: (story) => trip(story, outageAt, 30),
  },
  {
    title: 'another workspace has a breaker of its own',
    says: 'not-armed',
    header,
    tell: (story) => {
      for (let nth = 0; nth < 30; nth += 1) failed(story, outageAt + nth * 1_000, 503, { workspace: `w${nth % 10}` })
    },
  },
  {
    title: 'a new process knows nothing of it',
    says: 'not-armed',
    header,
    tell: (story) => {
      trip(story, outageAt)
      story.event(trippedAt + 200, { kind: 'client.restarted', instance: 0, orderly: true })
      further(story, 3)
    },
  },
  {
    title: 'a failed probe opens it again',
    says: 'fail',
    header,
    tell: (story) => {
      trip(story, outageAt)
      held(story, trippedAt + 1_000)
      for (let nth = 0; nth < 5; nth += 1) failed(story, trippedAt + 11_000 + nth * 1_000)
    },
  },
  { title: 'a share of the window', says: 'fail', header: share, tell: (story) => mixed(story, 3) },
  {
    title: 'exactly half is not yet one more than half',
    says: 'not-armed',
    header: share,
    tell: (story) => mixed(story, 2),
  },
  {
    title: 'borrowed exchanges are not judged',
    says: 'not-armed',
    header,
    tell: (story) => {
      for (let nth = 0; nth < 20; nth += 1) {
        const read = story.ask('contact.read', { at: outageAt + nth * 1_000 })
        story.attempt(read, { at: outageAt + nth * 1_000, ends: 503, certain: false })
        story.error(read, { at: outageAt + nth * 1_000 + 100 })
      }
    },
  },
  { title: 'nothing is declared', says: 'not-applicable', tell: (story) => trip(story, outageAt, 30) },
]

/** All but one of `every` fail. */
function mixed(story: Story, every: number): void {
  for (let nth = 0; nth < 200; nth += 1) failed(story, 20 * minute + nth * 800, nth % every === 0 ? 200 : 503)
}

testOracle('breaker-trips', cases)

test('the sentence names the failure after which it should have opened', () => {
  const history = storyOf({ header, tell: (story) => trip(story, outageAt, 9) })
  expect(sentenceBy('breaker-trips', history)).toMatchInlineSnapshot(
    `"More had failed than the declared 3 failures by 11:20:03Z (operation 3 (contact.read), asked 11:20:03Z, one exchange, answered 503 after 100ms at 11:20:03Z), but the breaker did not open: requests went out for 5 operations that were asked for afterwards, the last for operation 8 (contact.read), 4.9s later."`,
  )
})
