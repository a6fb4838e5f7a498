import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { mediaIdIn, mediaKey, newMedia } from './media-id.ts'

test('ids are sixteen digits, the same for the same stream', () => {
  const media = newMedia(7, createPrng('ask', 7))
  expect(media.id).toMatch(/^1\d{10}00007$/u)
  expect(media).toEqual(newMedia(7, createPrng('ask', 7)))
})

test('no two pieces of media of a load share an id, nor do two loads', () => {
  const ids = ['one', 'other'].flatMap((load) =>
    Array.from({ length: 2_000 }, (_, nth) => newMedia(nth, createPrng(load, nth)).id),
  )
  expect(new Set(ids).size).toBe(ids.length)
})

test.for<[string]>([
  ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=$&ext=1770372300&hash=ARFabcdefgh'],
  ['https://files.example/whatsapp/$'],
  ['https://files.example/whatsapp/$.ogg?size=2000000000000001#x'],
  ['https://files.example/voice_$.ogg'],
  ['https://files.example/media-$/original'],
  ['$.jpg'],
])('an id is recognised in %s', ([text]) => {
  const { id } = newMedia(3, createPrng('x'))
  expect(mediaIdIn(text.replace('$', id))).toBe(id)
})

test.for<[unknown]>([
  [undefined],
  [42],
  ['https://files.example/photo.jpg'],
  ['https://files.example/12345678901234567'],
  ['https://files.example/a1234567890123456b'],
  ['https://files.example/?ext=1770372300'],
])('there is none in %s', ([text]) => {
  expect(mediaIdIn(text)).toBeUndefined()
})

test('an id survives any path around it', () => {
  const { id } = newMedia(1, createPrng('x'))
  const word = fc.stringMatching(/^[a-z]{1,12}$/u)
  fc.assert(
    fc.property(word, word, (before, after) => {
      expect(mediaIdIn(`https://${before}.example/${after}/${id}.${after}`)).toBe(id)
    }),
  )
  expect(mediaKey(id)).toBe(`media-${id}`)
})
