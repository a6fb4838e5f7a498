// Goal: what a program prints can be read by anybody: no token, nothing that acts on a terminal, and whose it is.

import { expect, test } from 'vitest'
import { logText } from './client-logs.ts'

const log = (text: string, instance: number | null = 0, life = 0) => ({ instance, life, text })

test('each program has its place, also one that never became a client', () => {
  expect(logText([log('early', null), log('one'), log('two\nlines\n', 1, 2)], [])).toBe(
    '=== before it was a client\nearly\n\n=== process 0\none\n\n=== process 1, after restart 2\ntwo\nlines\n',
  )
})

test('tokens are gone wherever they stand', () => {
  const told = logText([log('Bearer tok-123, again tok-123\nAuthorization: tok-456')], ['tok-123', '', 'tok-456'])
  expect(told).not.toMatch(/tok-/u)
  expect(told.match(/\[secret\]/gu)).toHaveLength(3)
})

test('nothing acts on a terminal', () => {
  const told = logText([log('\u001B[31mred\u001B[0m \u0007 \u202Ebidi')], [])
  for (const character of ['\u001B', '\u0007', '\u202E']) expect(told).not.toContain(character)
})

test('who printed nothing has no file', () => expect(logText([], ['tok-123'])).toBe(''))
