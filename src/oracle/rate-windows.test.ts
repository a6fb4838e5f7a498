import { expect, test } from 'vitest'
import { exchanges } from '#history/query.ts'
import { createStory, minute, type Story } from '../../test/history-builder.ts'
import { isRefused, limited, operationsOf, startOfWindow, windowMsOf, windowOf } from './rate-windows.ts'

const at = 20 * minute

function toldBy(tell: (story: Story) => void) {
  const story = createStory()
  tell(story)
  return story.history()
}

test('what reached the API counts, by workspace and product, in the order in which it was sent', () => {
  const history = toldBy((story) => {
    story.attempt(null, { at, ends: 'abort', answersIn: null })
    story.attempt(null, { at: at + 1, ends: 200 })
    story.attempt(null, { at: at + 2, ends: 'ECONNREFUSED' })
    story.attempt(null, { at: at + 3, ends: 'abort' })
    story.attempt(null, { at: at + 4, ends: 200, workspace: null })
    story.attempt(null, { at: at + 5, ends: 200, product: 'status' })
    story.attempt(null, { at: at + 6, ends: 200, workspace: 'sibling' })
    story.attempt(null, { at: at + 7, ends: 429 })
  })
  const found = Array.from(limited(history), ([limit, all]) => [limit, all.map(({ id }) => id)])
  expect(found).toEqual([
    ['ours rest', [0, 1, 7]],
    ['ours status', [5]],
    ['sibling rest', [6]],
  ])
})

test('a 429 is a refusal, whether its body arrives or not', () => {
  const history = toldBy((story) => {
    for (const ends of [428, 429, 430, 200]) story.attempt(null, { at, ends })
    const broken = story.attempt(null, { at, took: 500, ends: 'UND_ERR_BODY_TIMEOUT' })
    story.event(at + 100, { kind: 'exchange.head', exchange: broken, status: 429 })
    story.attempt(null, { at, ends: 'ECONNRESET' })
  })
  expect(exchanges(history).map(isRefused)).toEqual([false, true, false, false, true, false])
})

test('a window is ten seconds on the clock on the wall', () => {
  const history = toldBy(() => undefined)
  const first = windowOf(history, 0)
  expect([9_999, 10_000, at].map((moment) => windowOf(history, moment) - first)).toEqual([0, 1, 120])
  expect(startOfWindow(history, first + 120)).toBe(at)
})

test('or as long as the answers have it', () => {
  const windows = (windowMs?: number) =>
    toldBy((story) => {
      story.attempt(null, { at, ends: 200 })
      story.attempt(null, { at, ends: 200, resetAt: at, ...(windowMs !== undefined && { windowMs }) })
    })
  expect([windows(minute), windows()].map((history) => windowMsOf(exchanges(history)))).toEqual([minute, 10_000])
  const history = windows(minute)
  const first = windowOf(history, 0, minute)
  expect(windowOf(history, at + 59_999, minute) - first).toBe(20)
  expect(startOfWindow(history, first + 20, minute)).toBe(at)
})

test('operations that only ever ask another API have nothing to do with this one', () => {
  const history = toldBy((story) => {
    const ask = (name: string, products: readonly string[], workspace = 'ours') => {
      const asked = story.ask(name, { at, entity: 'contact:1', workspace })
      for (const product of products) story.attempt(asked, { at, ends: 200, product })
    }
    ask('contact.read', ['rest'])
    ask('contact.list', ['rest', 'parcels'])
    ask('note.add', [])
    ask('note.add', ['parcels'])
    ask('tag.add', [])
    ask('contact.list', ['parcels'], 'sibling')
  })
  const names = operationsOf(history, 'ours', 'parcels').map(({ invoked }) => invoked.name)
  expect(names).toEqual(['contact.list', 'note.add', 'note.add', 'tag.add'])
})
