import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createStory } from '../../test/history-builder.ts'
import { decodeEvents, decodeHistory, encodeEvent, encodeHistory } from './codec.ts'

function story(message = 'plain') {
  const told = createStory()
  told.read({ at: '1m' })
  told.event('2m', { kind: 'client.rejected', operation: null, error: { name: 'Error', message } })
  return told.history()
}

test('a history survives the file, whatever foreign text is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (message) => {
      const history = story(message)
      const text = encodeHistory(history)
      expect(Array.from(decodeHistory(text))).toEqual(Array.from(history))
      expect(encodeHistory(decodeHistory(text))).toBe(text)
    }),
  )
})

test('one event is one line', () => {
  const history = story('one\ntwo\r\nthree\u2028four')
  expect(encodeHistory(history).split('\n')).toHaveLength(history.length + 1)
  expect(encodeEvent(history.at(0)).endsWith('\n')).toBe(true)
})

test('wherever a file was cut off, its whole lines are read', () => {
  const history = story()
  const text = encodeHistory(history)
  fc.assert(
    fc.property(fc.nat(text.length), (length) => {
      const events = decodeEvents(text.slice(0, length))
      expect(events).toEqual(Array.from(history).slice(0, events.length))
      expect(events.length).toBe(text.slice(0, length).split('\n').length - 1)
    }),
  )
})

test('nothing at all is no event', () => {
  expect(decodeEvents('')).toEqual([])
  expect(() => decodeHistory('')).toThrow('run.started')
})
