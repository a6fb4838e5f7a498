import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'
import { delivered } from '../../test/stories/memory.ts'
import { deliver } from '../../test/webhook-stories.ts'

/** Twenty that are taken, and some more of a topic that are answered so, each twice. */
function withTopic(story: Story, count: number, first: number, second: number, after = 20): void {
  delivered(story, 0, 200, after)
  for (let index = 0; index < count; index += 1) {
    const told = { id: `notif_x${index}`, topic: 'ticket.created' }
    const at = 40 * minute + index * 1_000
    deliver(story, 1_000 + index, { at, answer: first, ...told })
    if (first >= 300) deliver(story, 2_000 + index, { at: at + minute, answer: second, attempt: 2, ...told })
  }
}

const slow = (story: Story): void => delivered(story, 5, 'timeout', 20)
const unknown = (story: Story): void => withTopic(story, 3, 500, 500, 200)

/** Five of twenty, the first time they are told. */
function answered(status: number, says: Case['says']): Case {
  return { title: `five of twenty are answered ${status}`, says, tell: (story) => delivered(story, 5, status, 20) }
}

testOracle('answers-notifications-promptly', [
  { title: 'all are answered at once', says: 'pass', tell: (story) => delivered(story, 0, 200, 20) },
  { title: 'five of twenty are not', says: 'fail', tell: slow },
  {
    title: 'a process that is frozen cannot answer either',
    says: 'pass',
    tell: (story) => {
      delivered(story, 0, 200, 20)
      for (let index = 0; index < 10; index += 1)
        deliver(story, 100 + index, { at: 40 * minute + index, id: `notif_z${index}`, answer: 'timeout' })
      story.event(40 * minute, { kind: 'client.paused', instance: 0 })
      story.event(41 * minute, { kind: 'client.resumed', instance: 0 })
    },
  },
  { title: 'one of fifty may be late', says: 'pass', tell: (story) => delivered(story, 1, 'timeout', 50) },
  { title: 'two of fifty may not', says: 'fail', tell: (story) => delivered(story, 2, 'timeout', 50) },
  { title: 'genuine ones may not be refused', says: 'fail', tell: (story) => delivered(story, 5, 401, 20) },
  { title: 'a topic that is not known is taken', says: 'pass', tell: (story) => withTopic(story, 3, 200, 200) },
  { title: 'an error for a topic brings it back', says: 'fail', tell: unknown },
  { title: 'two of a topic may be an accident', says: 'pass', tell: (story) => withTopic(story, 2, 500, 500, 200) },
  { title: 'what cannot be stored may be refused once', says: 'pass', tell: (story) => withTopic(story, 3, 503, 200) },
  { title: 'but not for good', says: 'fail', tell: (story) => withTopic(story, 3, 503, 503) },
  {
    title: 'a 410 ends the subscription',
    says: 'fail',
    tell: (story) => withTopic(story, 1, 410, 200, 200),
  },
  {
    title: 'a process that is away cannot answer',
    says: 'pass',
    tell: (story) => {
      delivered(story, 0, 200, 20)
      for (let index = 0; index < 10; index += 1)
        deliver(story, 100 + index, { at: 40 * minute + index, id: `notif_d${index}`, answer: 'down' })
    },
  },
  {
    title: 'what others send may be refused',
    says: 'pass',
    tell: (story) => {
      delivered(story, 0, 200, 20)
      for (let index = 0; index < 10; index += 1)
        deliver(story, 100 + index, { at: 40 * minute + index, id: `notif_f${index}`, answer: 401, forged: true })
    },
  },
  ...[429, 502, 503, 504, 299].map((status) => answered(status, 'pass')),
  ...[428, 430, 501, 505, 300].map((status) => answered(status, 'fail')),
  ...(
    [
      [5_000, 'pass'],
      [5_001, 'fail'],
    ] as const
  ).map(([after, says]): Case => ({
    title: `all are answered after ${after} ms`,
    says,
    tell: (story) => {
      for (let nth = 0; nth < 20; nth += 1)
        deliver(story, nth, { at: 20 * minute + nth * 10_000, id: `notif_${nth}`, answer: 200, after })
    },
  })),
  {
    title: 'overload of a topic is no error for it',
    says: 'pass',
    tell: (story) => withTopic(story, 3, 503, 503, 200),
  },
  { title: 'an error and then overload', says: 'pass', tell: (story) => withTopic(story, 3, 500, 503, 200) },
  { title: 'four 410', says: 'fail', tell: (story) => withTopic(story, 4, 410, 200, 400) },
  {
    title: 'a handler that throws refuses',
    says: 'fail',
    tell: (story) => {
      delivered(story, 0, 200, 20)
      for (let nth = 0; nth < 2; nth += 1)
        deliver(story, 100 + nth, { at: 40 * minute + nth, id: `notif_t${nth}`, answer: 'threw' })
    },
  },
  {
    title: 'a topic that is never answered is late, not unknown',
    says: 'pass',
    tell: (story) => {
      delivered(story, 0, 200, 200)
      for (let nth = 0; nth < 3; nth += 1) {
        const told = { id: `notif_s${nth}`, topic: 'ticket.created' }
        deliver(story, 1_000 + nth, { at: 40 * minute + nth, answer: 'timeout', after: 5_000, ...told })
      }
    },
  },
  {
    title: 'what the run leaves open counts for nothing',
    says: 'few-samples',
    tell: (story) => {
      delivered(story, 0, 200, 9)
      deliver(story, 100, { at: '59m', id: 'notif_open', answer: null })
    },
  },
  { title: 'five of ten are late', says: 'fail', tell: (story) => delivered(story, 5, 'timeout', 10) },
  {
    title: 'refused twice, the first time is what is told',
    says: 'fail',
    tell: (story) => {
      delivered(story, 0, 200, 20)
      for (let nth = 0; nth < 2; nth += 1) {
        deliver(story, 100 + nth, { at: 40 * minute + nth, id: `notif_r${nth}`, answer: 401 })
        deliver(story, 200 + nth, { at: 41 * minute + nth, id: `notif_r${nth}`, answer: 403, attempt: 2 })
      }
    },
  },
  { title: 'ten are enough', says: 'pass', tell: (story) => delivered(story, 0, 200, 10) },
  { title: 'nine say too little', says: 'few-samples', tell: (story) => delivered(story, 0, 200, 9) },
  { title: 'no notifications', says: 'not-applicable', tell: (story) => void story.read({ at: '1m' }) },
])

test('the sentences name the notification and what becomes of it', () => {
  expect(sentenceBy('answers-notifications-promptly', storyOf({ tell: slow }))).toMatchInlineSnapshot(
    `"5 of 20 deliveries were not answered within 5s; notif_0 (conversation.user.replied), sent 11:20:00Z, was never answered: the platform takes that for a failure and sends it again."`,
  )
  expect(sentenceBy('answers-notifications-promptly', storyOf({ tell: unknown }))).toMatchInlineSnapshot(
    `"None of 3 notifications of the topic ticket.created was ever taken in 6 deliveries, for instance notif_x0 (ticket.created), sent 11:40:00Z and answered 500: the platform sends them again, and pauses the topic in the end."`,
  )
})
