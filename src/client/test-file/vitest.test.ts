// What stands in for the runner has all its names: an import of one that is missing would be an error of the language.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as runner from 'vitest'
import { expect, test } from 'vitest'
import * as product from 'brownout/vitest'
import * as standInOfProduct from './brownout-vitest.ts'
import * as standIn from './vitest.ts'

test('everything that the runner exports has its stand-in', () => {
  expect(Object.keys(standIn)).toEqual(expect.arrayContaining(Object.keys(runner)))
})

test('everything that brownout/vitest exports has its stand-in', () => {
  expect(Object.keys(standInOfProduct).toSorted()).toEqual(Object.keys(product).toSorted())
})

test('every name that can be global has one, too', () => {
  const { resolve } = createRequire(import.meta.url)
  const declared = readFileSync(resolve('vitest/package.json').replace('package.json', 'globals.d.ts'), 'utf8')
  const names = Array.from(declared.matchAll(/let (\w+):/gu), ([, name = '']) => name)
  expect(names.length).toBeGreaterThan(8)
  expect(Object.keys(standIn.globals)).toEqual(expect.arrayContaining(names))
})

test('whatever is done with it does nothing, and can be awaited', async () => {
  const {
    it,
    beforeAll,
    expect: inert,
    vi,
  } = standIn as unknown as Record<string, (...words: unknown[]) => Promise<void>>
  const never = () => expect.unreachable('It runs where nothing should.')
  await beforeAll?.(never)
  await (it as unknown as { each(table: unknown): typeof it }).each([1])?.('x', never)
  await inert?.(1)
  await vi?.()
  expect(`${String(it)}`).toBe('')
})
