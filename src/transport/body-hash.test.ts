import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { bodyHash } from './body-hash.ts'

test('the hash of a body is stable, short, and empty for none', () => {
  expect(bodyHash('')).toBe('')
  expect(bodyHash('{"role":"user"}')).toMatchInlineSnapshot(`"7ce92eb03dfbbc62"`)
})

test('different bodies have different hashes', () => {
  assert(
    property(string({ unit: 'binary' }), string({ unit: 'binary' }), (one, other) => {
      expect(bodyHash(one) === bodyHash(other)).toBe(one === other)
    }),
  )
})

test('bodies that differ in one digit do not collide', () => {
  const hashes = new Set(Array.from({ length: 50_000 }, (_, index) => bodyHash(`{"id":"${index}","body":"hello"}`)))
  expect(hashes.size).toBe(50_000)
})
