import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faultKinds, kindNames } from './catalog.ts'

test('kinds are in the order of their names, each once', () => {
  expect(kindNames).toEqual(kindNames.toSorted())
  expect(faultKinds.size).toBe(kindNames.length)
})

test.for(kindNames)('%s has a file and a test of its name', (name) => {
  expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/u)
  expect(existsSync(new URL(`${name}.ts`, import.meta.url))).toBe(true)
  expect(existsSync(new URL(`${name}.test.ts`, import.meta.url))).toBe(true)
})
