import { expect, test } from 'vitest'
import type { ErrorFacts } from '#history/event.ts'
import type { End, Story, Time } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'

type Facts = { readonly ends?: End; readonly after?: number; readonly count?: number; readonly at?: Time }

function fails(story: Story, error: ErrorFacts, { ends = 503, after = 0, count = 4 }: Facts = {}): void {
  for (let index = 0; index < count; index += 1) {
    const at = 600_000 + index * 10_000
    const read = story.ask('contact.read', { at, entity: `contact:${index}` })
    story.attempt(read, { at, took: 100, ends })
    story.error(read, { at: at + 100 + after, error })
  }
}

/** One exchange that ends like this, and another that is answered 503 when the operation fails. */
function twice(story: Story, ends: End): void {
  for (const at of [600_000, 610_000, 620_000]) {
    const read = story.ask('contact.read', { at, entity: 'contact:1' })
    story.attempt(read, { at, ends })
    story.attempt(read, { at: at + 1_000, ends: 503 })
    story.error(read, { at: at + 1_100 })
  }
}

/** A reply that ends so, a look at what became of it that is answered 429, and the error. */
function looks(story: Story, message: string, ends: Facts['ends'] = 500): void {
  for (const at of [600_000, 610_000, 620_000]) {
    const reply = story.ask('conversation.reply', { at })
    story.attempt(reply, { at, method: 'POST', route: '/conversations/{id}/reply', ends })
    story.attempt(reply, { at: at + 1_000, method: 'GET', route: '/conversations/{id}', ends: 429 })
    story.error(reply, { at: at + 1_100, error: { name: 'OutcomeUnknown', message } })
  }
}

function row(title: string, says: Case['says'], error: Partial<ErrorFacts>, facts: Facts = {}): Case {
  return { title, says, tell: (story) => fails(story, { name: 'Error', message: '', ...error }, facts) }
}

const html = 'Unexpected token \'<\', "<html>" is not valid JSON'

testOracle('errors-tell-the-cause', [
  row('the status in a field', 'pass', { status: 503 }),
  row('the status in the message', 'pass', { message: 'GET /contacts/1 was answered 503' }),
  row('the status in a cause', 'pass', { causes: [{ name: 'ApiError', message: '', status: 503 }] }),
  row('the status in the message of a cause', 'pass', { causes: [{ name: 'E', message: 'Status code: 503' }] }),
  row('another status', 'fail', { status: 500 }),
  row('a number that contains the status', 'fail', { message: 'contact 15034 failed' }),
  row('nothing at all', 'fail', { message: 'something went wrong' }),
  row('nothing, but another error came later', 'pass', { message: 'the circuit is open' }, { after: 500 }),
  row('one or two say little', 'pass', { message: 'something went wrong' }, { count: 2 }),
  row('the meaning of the status', 'pass', { name: 'NotFoundError', message: 'contact 7' }, { ends: 404 }),
  row('not found, in words', 'pass', { message: 'There is no such contact' }, { ends: 404 }),
  row('unavailable, in words', 'pass', { message: 'Intercom is unavailable' }),
  row('rate limited, in words', 'pass', { name: 'RateLimitError' }, { ends: 429 }),
  row('the words of another status', 'fail', { message: 'There is no such contact' }, { ends: 401 }),
  {
    title: 'what ended the write, and not the look at what became of it',
    says: 'pass',
    tell: (story) => looks(story, 'It may or may not have happened: POST was answered 500'),
  },
  {
    title: 'that the write was answered with a success that was none, and not the look at what became of it',
    says: 'pass',
    tell: (story) => looks(story, 'It may or may not have happened: POST was answered 200 with no answer', 200),
  },
  {
    title: 'neither a success that was none nor the look',
    says: 'fail',
    tell: (story) => looks(story, 'It may or may not have happened', 200),
  },
  {
    title: 'neither of the two',
    says: 'fail',
    tell: (story) => looks(story, 'It may or may not have happened'),
  },
  {
    title: 'that the write was not answered, and not the look at what became of it',
    says: 'pass',
    tell: (story) =>
      looks(story, 'It may or may not have happened: POST had no whole answer within 4000 ms', 'ECONNRESET'),
  },
  {
    title: 'a broken connection is told by its words, too',
    says: 'pass',
    tell: (story) => looks(story, 'It may or may not have happened: read ECONNRESET', 'ECONNRESET'),
  },
  {
    title: 'neither that the write was not answered nor the look',
    says: 'fail',
    tell: (story) => looks(story, 'It may or may not have happened', 'ECONNRESET'),
  },
  {
    title: 'an answered write was not unanswered',
    says: 'fail',
    tell: (story) => looks(story, 'The connection was closed'),
  },
  row(
    'a network error needs no status',
    'pass',
    { name: 'TypeError', message: 'fetch failed' },
    { ends: 'ECONNRESET' },
  ),
  row('terminated is what Node says', 'pass', { name: 'TypeError', message: 'terminated' }, { ends: 'ECONNRESET' }),
  row('a read of nothing', 'fail', { name: 'TypeError', message: "Cannot read properties of null (reading 'id')" }),
  row('a call of nothing', 'fail', { name: 'TypeError', message: 'answer.map is not a function' }, { ends: 200 }),
  row('a body read twice', 'fail', { name: 'TypeError', message: 'Body is unusable: Body has already been read' }),
  row('endless recursion', 'fail', { name: 'RangeError', message: 'Maximum call stack size exceeded' }),
  row('a name that nobody knows', 'fail', { name: 'ReferenceError', message: 'answer is not defined' }),
  row('an error page parsed as JSON', 'fail', { name: 'SyntaxError', message: html }),
  row('the body of a success that is no JSON', 'pass', { name: 'SyntaxError', message: html }, { ends: 200 }),
  row('a RangeError of the client’s own', 'pass', { name: 'RangeError', message: 'page 503 is out of range' }),
  ...(
    [
      [401, 'bad token', 'pass'],
      [403, 'forbidden', 'pass'],
      [402, 'forbidden', 'fail'],
      [410, 'it is gone', 'pass'],
      [409, 'conflict', 'pass'],
      [408, 'conflict', 'fail'],
      [410, 'conflict', 'fail'],
      [400, 'invalid', 'pass'],
      [422, 'invalid', 'pass'],
      [421, 'invalid', 'fail'],
      [429, 'quota', 'pass'],
      [408, 'timed out', 'pass'],
      [500, 'server error', 'pass'],
      [499, 'server error', 'fail'],
      [405, 'method', 'pass'],
      [406, 'method', 'fail'],
      [400, 'no', 'fail'],
      [399, 'no', 'pass'],
    ] as const
  ).map(([ends, message, says]) => row(`"${message}" after ${ends}`, says, { message }, { ends })),
  row('a page of a 400 parsed as JSON', 'fail', { name: 'SyntaxError', message: html }, { ends: 400, count: 2 }),
  row('a page parsed when it had long been there', 'pass', { name: 'SyntaxError', message: html }, { after: 500 }),
  row('a page below 400 is what happened', 'pass', { name: 'SyntaxError', message: html }, { ends: 399, count: 2 }),
  row('a millisecond later is with the answer', 'fail', { message: 'no' }, { after: 1 }),
  row('two are not', 'pass', { message: 'no' }, { after: 2 }),
  row('the status in a code', 'pass', { code: 'HTTP_503' }),
  {
    title: 'the last answer is the one to tell',
    says: 'fail',
    tell: (story) => twice(story, 500),
  },
  { title: 'an exchange under way may have been the cause', says: 'pass', tell: (story) => twice(story, 'never') },
  {
    title: 'a cancelled operation may say what it likes',
    says: 'not-armed',
    tell: (story) => {
      const read = story.ask('contact.read', { at: '11m' })
      story.attempt(read, { at: '11m', took: '1s', ends: 'abort' })
      story.cancel(read, { at: '11m1s' })
      story.error(read, { at: '11m1s', error: { name: 'TypeError', message: 'x is not a function' } })
    },
  },
  { title: 'no operation failed', says: 'not-armed', tell: (story) => void story.read({ at: '1m' }) },
  {
    title: 'exactly half of the errors tell',
    says: 'pass',
    tell: (story) => {
      fails(story, { name: 'Error', message: 'no' }, { count: 2 })
      fails(story, { name: 'Error', message: '503' }, { count: 2 })
    },
  },
  {
    title: 'what may be another’s exchange is not held against it',
    says: 'pass',
    tell: (story) => {
      for (let index = 0; index < 4; index += 1) {
        const at = 600_000 + index * 10_000
        const read = story.ask('contact.read', { at })
        story.attempt(read, { at, ends: 503, certain: false })
        story.error(read, { at: at + 100, error: { name: 'SyntaxError', message: html } })
      }
    },
  },
])

test.for<[string, ErrorFacts]>([
  ['secondary', { name: 'TypeError', message: "Cannot read properties of null (reading 'id')" }],
  ['silent', { name: 'Error', message: 'something\nwent wrong' }],
])('the sentence shows the error and the answer: %s', ([, error]) => {
  expect(sentenceBy('errors-tell-the-cause', storyOf({ tell: (story) => fails(story, error) }))).toMatchSnapshot()
})
