import { expect, test } from 'vitest'
import { storyOf } from '../../test/judging.ts'
import type { Story } from '../../test/history-builder.ts'
import { ownPauses } from './pauses.ts'

type Sent = Partial<Parameters<Story['attempt']>[1]>

/** Sent at once, a second after the first is answered, and two seconds after that; `first` is what happens to the first. */
function pausesOf(first: Sent, second: Sent = {}): readonly (readonly [number, number])[] {
  const history = storyOf({
    tell: (story) => {
      const read = story.ask('contact.read', { at: 0, entity: 'contact:1' })
      story.attempt(read, { at: 0, ends: 503, ...first })
      story.attempt(read, { at: 1_100, ends: 503, ...second })
      story.attempt(read, { at: 3_200, ends: 200, ...second })
      story.ok(read, { at: 3_300 })
    },
  })
  return ownPauses(history).map(({ nth, ms }) => [nth, ms])
}

const later = [2, 2_000] as const

test('a client chose the pauses after a failure', () => expect(pausesOf({})).toEqual([[1, 1_000], later]))

test.for<[title: string, first: Sent, second?: Sent]>([
  ['the server asked for it', { retryAfter: '1' }],
  ['the server asked for it in a way that means nothing', { retryAfter: 'soon' }],
  ['any answer asked for it', { ends: 500, retryAfter: '1' }],
  ['a rate window goes on', { ends: 429, resetAt: 2_000 }],
  ['it was the repetition after a 401', { ends: 401 }],
  ['the first was still in flight', { took: 1_200 }],
  ['the first never ended', { ends: 'never' }],
  ['the next went to another host', {}, { host: 'x.test' }],
])('nobody chose a pause where %s', ([, first, second]) => expect(pausesOf(first, second)).toEqual([later]))

test.for<[title: string, first: Sent]>([
  ['a refusal', { ends: 402 }],
  ['a rate window that is over', { ends: 429, resetAt: 50 }],
  ['its own time-out', { ends: 'abort' }],
])('it did after %s', ([, first]) => expect(pausesOf(first)).toEqual([[1, 1_000], later]))

test('borrowed exchanges tell nothing', () => expect(pausesOf({ certain: false })).toEqual([]))
