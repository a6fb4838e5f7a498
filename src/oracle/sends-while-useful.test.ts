import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle } from '../../test/judging.ts'
import { relaySent } from '../../test/stories/memory.ts'

const entity = 'conversation:7'

/** Asked for at 20 minutes, promised within five, and tried at these times. */
function queued(story: Story, ...times: readonly number[]): void {
  const asked = story.ask('conversation.reply', { at: '20m', key: 'a', entity })
  story.ok(asked, { at: '20m1s', result: 'queued' })
  for (const at of times) relaySent(story, 'a', at, 503)
}

function failed(story: Story, at: number): void {
  const asked = story.ask('conversation.reply', { at: '20m', key: 'a', entity })
  story.attempt(asked, { at: '20m', ends: 503 })
  story.error(asked, { at: '20m1s' })
  relaySent(story, 'a', at)
}

const tooLate = (story: Story): void => queued(story, 24 * minute, 26 * minute, 40 * minute)

testOracle('sends-while-useful', [
  { title: 'tried while it is of use', says: 'pass', tell: (story) => queued(story, 21 * minute, 24 * minute) },
  { title: 'exactly at the end it is of use', says: 'pass', tell: (story) => queued(story, 25 * minute) },
  {
    title: 'a second more is the clock of the queue',
    says: 'pass',
    tell: (story) => queued(story, 25 * minute + 1_000),
  },
  { title: 'later it is not, whether it gets through or not', says: 'fail', tell: tooLate },
  {
    title: 'what was reported as failed is not sent behind the back',
    says: 'fail',
    tell: (story) => failed(story, 25 * minute),
  },
  { title: 'what was on its way may arrive', says: 'pass', tell: (story) => failed(story, 20 * minute + 5_000) },
  {
    title: 'asking again makes it useful again',
    says: 'pass',
    tell: (story) => {
      queued(story, 30 * minute)
      const again = story.ask('conversation.reply', { at: '29m', key: 'a', entity })
      story.ok(again, { at: '29m1s', result: 'queued' })
    },
  },
  {
    title: 'after a crash nobody was told anything',
    says: 'not-armed',
    tell: (story) => {
      const asked = story.ask('conversation.reply', { at: '20m', key: 'a', entity })
      story.unknown(asked, { at: '20m1s', reason: 'crashed' })
      relaySent(story, 'a', 40 * minute)
    },
  },
  {
    title: 'looking whether it was done may take as long as it likes',
    says: 'pass',
    tell: (story) => {
      queued(story, 21 * minute)
      story.attempt(null, { at: '40m', method: 'GET', key: 'a', ends: 200 })
    },
  },
  {
    title: 'what was done is not judged here',
    says: 'not-armed',
    tell: (story) => {
      const asked = story.ask('conversation.reply', { at: '20m', key: 'a', entity })
      story.ok(asked, { at: '20m1s' })
      relaySent(story, 'a', 40 * minute)
    },
  },
  { title: 'nothing was sent', says: 'not-armed', tell: (story) => queued(story) },
])

test('the sentences tell what the caller had been told', () => {
  expect(sentenceBy('sends-while-useful', storyOf({ tell: tooLate }))).toMatchInlineSnapshot(
    `"Operation 0 (conversation.reply) was queued at 11:20:01Z and 2 requests for it came later, the first 6m after it was asked for, at 11:26:00Z (POST /conversations/{id}/reply, answered 503 after 100ms at 11:26:00Z); it was of use for 5m."`,
  )
  const behind = storyOf({ tell: (story) => failed(story, 25 * minute) })
  expect(sentenceBy('sends-while-useful', behind)).toMatchInlineSnapshot(
    `"Operation 0 (conversation.reply) was reported as failed at 11:20:01Z and one request for it came later, the first 4m59s after that, at 11:25:00Z (POST /conversations/{id}/reply, answered 200 after 100ms at 11:25:00Z); its caller counted on it not being sent."`,
  )
})
