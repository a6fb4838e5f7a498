import { expect, test } from 'vitest'
import type { ErrorFacts } from '#history/event.ts'
import type { Header } from '#history/header.ts'
import { resolveThresholds } from '#oracle/panel.ts'
import type { End, Story } from '../../test/history-builder.ts'
import { sentenceBy, storyOf, testOracle, type Case } from '../../test/judging.ts'

type Facts = { readonly ends?: End; readonly after?: number; readonly id?: boolean; readonly count?: number }

const asked = [{ oracle: 'keeps-request-id', settings: { kept: 0.9 } }]
const strict: Partial<Header> = { profile: 'strict' }

function fails(
  story: Story,
  errorWith: (id: string) => Partial<ErrorFacts>,
  { ends = 503, after = 0, id = true, count = 10 }: Facts = {},
): void {
  for (let index = 0; index < count; index += 1) {
    const at = 600_000 + index * 10_000
    const read = story.ask('contact.read', { at, entity: `contact:${index}` })
    story.attempt(read, { at, took: 100, ends, ...(id && { requestId: `req_${index}` }) })
    story.error(read, { at: at + 100 + after, error: { name: 'Error', message: 'no', ...errorWith(`req_${index}`) } })
  }
}

function row(
  title: string,
  says: Case['says'],
  errorWith: (id: string) => Partial<ErrorFacts>,
  facts: Facts = {},
): Case {
  return { title, says, header: strict, tell: (story) => fails(story, errorWith, facts) }
}

testOracle('keeps-request-id', [
  row('in a field', 'pass', (requestId) => ({ requestId })),
  row('in the message', 'pass', (id) => ({ message: `answered 503 (request ${id})` })),
  row('in a cause', 'pass', (id) => ({ causes: [{ name: 'ApiError', message: id }] })),
  row('nowhere', 'fail', () => ({})),
  row('the id of another request', 'fail', () => ({ requestId: 'req_99' })),
  row('a message that was cut may have held it', 'pass', () => ({ message: 'a long story…' })),
  row('nine of ten', 'pass', (id) => (id === 'req_4' ? {} : { requestId: id })),
  row('eight of ten', 'fail', (id) => (id === 'req_4' || id === 'req_5' ? {} : { requestId: id })),
  row('answers without an id', 'not-armed', () => ({}), { id: false }),
  row('no answer', 'not-armed', () => ({}), { ends: 'ECONNRESET' }),
  row('an error that came later', 'not-armed', () => ({}), { after: 100 }),
  row('a success that was no use', 'not-armed', () => ({}), { ends: 200 }),
  row('two errors say little', 'few-samples', () => ({}), { count: 2 }),
  row('three are enough', 'fail', () => ({}), { count: 3 }),
  {
    title: 'a borrowed exchange is not judged',
    says: 'uncertain',
    header: strict,
    tell: (story) => {
      const read = story.ask('contact.read', { at: 600_000 })
      story.attempt(read, { at: 600_000, ends: 503, requestId: 'req_1', certain: false })
      story.error(read, { at: 600_100 })
    },
  },
  { title: 'by default nobody is asked for it', says: 'not-applicable', tell: (story) => fails(story, () => ({})) },
  ...(
    [
      [2, 'few-samples'],
      [3, 'fail'],
    ] as const
  ).map(([count, says]) => ({
    title: `a scenario asks, and ${count} fail`,
    says,
    header: { expect: asked },
    tell: (story: Story) => fails(story, () => ({}), { count }),
  })),
  {
    title: 'a scenario may ask for it',
    says: 'fail',
    header: { expect: asked, thresholds: resolveThresholds('default', asked) },
    tell: (story) => fails(story, () => ({})),
  },
])

test('the sentence names the id and the error without it', () => {
  const history = storyOf({ header: strict, tell: (story) => fails(story, () => ({})) })
  expect(sentenceBy('keeps-request-id', history)).toMatchInlineSnapshot(
    `"10 of 10 errors lost the id by which the provider finds the request: operation 0 (contact.read) sent GET /contacts/{id}, answered 503 after 100ms at 11:10:00Z with the request id req_0, and failed with "Error: no"."`,
  )
})
