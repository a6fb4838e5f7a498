import { expect, test } from 'vitest'
import { withinReal } from './real-wait.ts'

test('tells what the work comes to', async () => {
  expect(await withinReal(60_000, () => Promise.resolve(7))).toBe(7)
  await expect(withinReal(60_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(
    withinReal(60_000, () => {
      throw new Error('at once')
    }),
  ).rejects.toThrow('at once')
})

test('does not wait for what never ends', async () => {
  expect(await withinReal(1, () => new Promise(() => {}))).toBe('overdue')
})
