import { expect, test } from 'vitest'
import { minute, type Story } from '../../test/history-builder.ts'
import { storyOf } from '../../test/judging.ts'
import { queuedWrite } from '../../test/stories/load.ts'
import { backlog } from './backlog.ts'

const at = 20 * minute

function waitsIn(tell: (story: Story) => void) {
  return backlog(storyOf({ tell })).map(({ from, until, by, tried }) => [from, until, by?.id ?? null, tried.length])
}

function answered(story: Story, status: number, commits = false): void {
  queuedWrite(story, 'a', at, null)
  const facts = { at: 31 * minute, method: 'POST', key: 'a', ends: status } as const
  story.attempt(null, { ...facts, ...(commits && { commits: { entity: 'contact:a', key: 'a' } }) })
}

test.for([200, 201, 409, 422])('the answer %i ends the wait when it was asked for', (status) => {
  expect(waitsIn((story) => answered(story, status))).toEqual([[at, 31 * minute, 0, 1]])
})

test('a conflict ends the wait even where it asks for a pause', () => {
  const tell = (story: Story): void => {
    queuedWrite(story, 'a', at, null)
    for (const [sentAt, ends] of [
      [31, 422],
      [32, 409],
    ] as const)
      story.attempt(null, { at: sentAt * minute, method: 'POST', key: 'a', ends, retryAfter: '5' })
  }
  expect(waitsIn(tell)).toEqual([[at, 32 * minute, 1, 2]])
})

test.for([300, 503])('the answer %i ends nothing', (status) => {
  expect(waitsIn((story) => answered(story, status))).toEqual([[at, null, null, 1]])
})

test('a commit ends the wait whatever the answer was', () => {
  expect(waitsIn((story) => answered(story, 503, true))).toEqual([[at, 31 * minute, 0, 1]])
})

test('what came first ends the wait: a refusal before a commit', () => {
  const tell = (story: Story): void => {
    answered(story, 422)
    const commits = { entity: 'contact:a', key: 'a' }
    story.attempt(null, { at: 32 * minute, method: 'POST', key: 'a', ends: 200, commits })
  }
  expect(waitsIn(tell)).toEqual([[at, 31 * minute, 0, 2]])
})

test('what ended before the write was asked for is not its end', () => {
  const tell = (story: Story): void => {
    story.attempt(null, { at: 1_000, method: 'POST', key: 'a', ends: 200 })
    queuedWrite(story, 'a', at, null)
  }
  expect(waitsIn(tell)).toEqual([[at, null, null, 0]])
})

test('a try and a look at the moment of the acceptance count, a look at nothing does not', () => {
  const tell = (story: Story): void => {
    queuedWrite(story, 'a', at, null)
    story.attempt(null, { at, method: 'POST', key: 'a', ends: 503 })
    story.attempt(null, { at, method: 'GET', entity: 'contact:a', ends: 200 })
    story.attempt(null, { at, method: 'GET', ends: 200 })
  }
  expect(waitsIn(tell)).toEqual([[at, null, null, 2]])
})

test('the same business is accepted again once the first has been sent', () => {
  const tell = (story: Story): void => {
    queuedWrite(story, 'a', at, 21 * minute)
    queuedWrite(story, 'a', 22 * minute, 23 * minute)
  }
  expect(waitsIn(tell).map(([from]) => from)).toEqual([at, 22 * minute])
})
