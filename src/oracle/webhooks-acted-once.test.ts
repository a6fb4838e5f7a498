import { expect, test } from 'vitest'
import { sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'
import { act, deliver } from '../../test/webhook-stories.ts'
import type { Story } from '../../test/history-builder.ts'

function actedTwice(story: Story): void {
  deliver(story, 1, { at: '20m', id: 'a', answer: 200 })
  act(story, '20m1s', 'a')
  deliver(story, 2, { at: '40m', id: 'a', answer: 200 })
  act(story, '40m1s', 'a')
}

function neverActed(story: Story): void {
  deliver(story, 1, { at: '10m', id: 'a', answer: 200 })
  deliver(story, 2, { at: '20m', id: 'b', answer: 200 })
  act(story, '10m1s', 'a')
}

function actedAt(story: Story, at: string): void {
  deliver(story, 1, { at: '20m', id: 'a', answer: 200, after: 0 })
  act(story, at, 'a')
}

function refused(status: number, says: Case['says']): Case {
  return {
    title: `a genuine one is answered ${status}`,
    says,
    tell: (story) => {
      actedAt(story, '21m')
      deliver(story, 2, { at: '25m', id: 'b', answer: status })
    },
  }
}

testOracle('webhooks-acted-once', [
  { title: 'acted on within the handler', says: 'pass', tell: (story) => actedAt(story, '20m') },
  { title: 'exactly at the limit', says: 'pass', tell: (story) => actedAt(story, '30m') },
  { title: 'later than the limit', says: 'fail', tell: (story) => actedAt(story, '31m') },
  { title: 'twice, after it was delivered twice', says: 'fail', tell: actedTwice },
  { title: 'accepted and never acted on', says: 'fail', tell: neverActed },
  {
    title: 'delivered five times and acted on once',
    says: 'pass',
    tell: (story) => {
      for (let nth = 1; nth <= 5; nth += 1) deliver(story, nth, { at: nth * 60_000, id: 'a', answer: 200 })
      act(story, '1m', 'a')
    },
  },
  {
    title: 'never accepted is not the client’s',
    says: 'pass',
    tell: (story) => {
      actedAt(story, '21m')
      deliver(story, 2, { at: '25m', id: 'b', answer: 503 })
      deliver(story, 3, { at: '26m', id: 'b', answer: 'timeout', attempt: 2 })
    },
  },
  {
    title: 'never accepted and yet acted on twice',
    says: 'fail',
    tell: (story) => {
      deliver(story, 1, { at: '20m', id: 'a', answer: 'timeout', after: 5_000 })
      act(story, '20m1s', 'a')
      act(story, '21m', 'a')
    },
  },
  {
    title: 'the time is not up when the run ends',
    says: 'pass',
    tell: (story) => {
      actedAt(story, '21m')
      deliver(story, 2, { at: '55m', id: 'b', answer: 200 })
    },
  },
  {
    title: 'a topic on which it never acts is no business of its',
    says: 'pass',
    tell: (story) => {
      actedAt(story, '21m')
      deliver(story, 2, { at: '25m', id: 'b', answer: 200, topic: 'contact.user.updated' })
    },
  },
  {
    title: 'a client that never says that it acted',
    says: 'not-armed',
    tell: (story) => deliver(story, 1, { at: '20m', id: 'a', answer: 200 }),
  },
  {
    title: 'forged ones are judged elsewhere',
    says: 'not-applicable',
    tell: (story) => deliver(story, 1, { at: '20m', id: 'a', answer: 200, forged: true }),
  },
  {
    title: 'accepted, and its time is up exactly when the run ends',
    says: 'pass',
    tell: (story) => {
      actedAt(story, '21m')
      deliver(story, 2, { at: '50m', id: 'b', answer: 200, after: 0 })
    },
  },
  {
    title: 'accepted a millisecond earlier',
    says: 'fail',
    tell: (story) => {
      actedAt(story, '21m')
      deliver(story, 2, { at: 50 * 60_000 - 1, id: 'b', answer: 200, after: 0 })
    },
  },
  {
    title: 'acted on before it is answered',
    says: 'pass',
    tell: (story) => {
      deliver(story, 1, { at: '20m', id: 'a', answer: 200, after: 4_000 })
      act(story, '20m1s', 'a')
    },
  },
  {
    title: 'delivered twice and acted on late',
    says: 'fail',
    tell: (story) => {
      deliver(story, 1, { at: '20m', id: 'a', answer: 200 })
      deliver(story, 2, { at: '21m', id: 'a', answer: 200 })
      act(story, '40m', 'a')
    },
  },
  {
    title: 'delivered four times and acted on three times',
    says: 'fail',
    tell: (story) => {
      for (let nth = 1; nth <= 4; nth += 1) deliver(story, nth, { at: nth * 60_000, id: 'a', answer: 200 })
      for (let nth = 1; nth <= 3; nth += 1) act(story, nth * 60_000 + 1_000, 'a')
    },
  },
  {
    title: 'refused at first, taken later, acted on once',
    says: 'pass',
    tell: (story) => {
      deliver(story, 1, { at: '20m', id: 'a', answer: 401 })
      deliver(story, 2, { at: '21m', id: 'a', answer: 200, attempt: 2 })
      act(story, '21m1s', 'a')
    },
  },
  {
    title: 'refused, and acted on all the same',
    says: 'pass',
    tell: (story) => {
      deliver(story, 1, { at: '20m', id: 'a', answer: 401 })
      act(story, '20m1s', 'a')
    },
  },
  {
    title: 'refused at first, taken later, and its time not up',
    says: 'pass',
    tell: (story) => {
      actedAt(story, '21m')
      deliver(story, 2, { at: '54m', id: 'b', answer: 401 })
      deliver(story, 3, { at: '55m', id: 'b', answer: 200, attempt: 2 })
    },
  },
  {
    title: 'refused twice, the first time is what counts',
    says: 'fail',
    tell: (story) => {
      actedAt(story, '21m')
      deliver(story, 2, { at: '25m', id: 'b', answer: 401 })
      deliver(story, 3, { at: '26m', id: 'b', answer: 403, attempt: 2 })
    },
  },
  {
    title: 'refused shortly before the run ends',
    says: 'fail',
    tell: (story) => {
      actedAt(story, '21m')
      deliver(story, 2, { at: '59m', id: 'b', answer: 401 })
    },
  },
  ...[400, 407, 409, 411, 424, 426, 428, 430, 499].map((status) => refused(status, 'fail')),
  ...[399, 408, 410, 425, 429, 500].map((status) => refused(status, 'pass')),
  { title: 'no webhooks', says: 'not-applicable', tell: (story) => void story.read({ at: 0 }) },
])

test.for<[string, (story: Story) => void]>([
  ['twice', actedTwice],
  ['never', neverActed],
  ['late', (story) => actedAt(story, '40m')],
])('the sentence tells when: %s', ([, tell]) => {
  expect(sentenceBy('webhooks-acted-once', storyOf({ tell }))).toMatchSnapshot()
})
