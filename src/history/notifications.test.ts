import { expect, test } from 'vitest'
import { createStory } from '../../test/history-builder.ts'
import { act, deliver } from '../../test/webhook-stories.ts'
import { accepted, notifications, toldOf } from './notifications.ts'

test('joins deliveries and acts by notification', () => {
  const story = createStory()
  deliver(story, 1, { at: '1m', id: 'a', answer: 'timeout', entity: 'conversation:7' })
  deliver(story, 2, { at: '2m', id: 'a', answer: 200, attempt: 2, entity: 'conversation:7' })
  deliver(story, 3, { at: '2m1s', id: 'b', answer: 401, forged: true })
  deliver(story, 4, { at: '3m', id: 'c', answer: null })
  act(story, '4m', 'a')
  act(story, '5m', 'nobody')
  const history = story.history()
  const found = notifications(history).map((one) => [
    one.id,
    one.forged,
    one.deliveries.map(({ end }) => end?.kind),
    one.acts.length,
    accepted(one)?.at,
  ])
  expect(found).toEqual([
    ['a', false, ['webhook.failed', 'webhook.answered'], 1, 120_010],
    ['b', true, ['webhook.answered'], 0, undefined],
    ['c', false, [undefined], 0, undefined],
  ])
  expect(toldOf(history, 0, 'conversation:7', history.length)?.at).toBe(120_000)
  expect(toldOf(history, 0, 'conversation:7', 2)?.at).toBe(60_000)
  expect(toldOf(history, 1, 'conversation:7', history.length)).toBeUndefined()
})
