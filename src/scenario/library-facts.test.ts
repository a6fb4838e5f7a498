// Goal: what is known beforehand is never told of a file that says something else. Method: the library as it is, and files that are not of it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findScenarios, readText, shippedScenarios } from './files.ts'
import { factsInLibrary, factsOf, sumOf } from './library-facts.ts'
import { loadFile } from './load.ts'

test('every shipped scenario is known, as it is', () => {
  const found = findScenarios(shippedScenarios)
  expect(found.length).toBeGreaterThan(50)
  const [first] = found
  expect(factsInLibrary(first?.file ?? '')).toEqual(factsOf(loadFile(first?.file ?? '', shippedScenarios)))
  expect(found.filter(({ file }) => !factsInLibrary(file))).toEqual([])
})

test('a file of somebody else is not known, whatever it is called', () => {
  const directory = mkdtempSync(join(tmpdir(), 'known-'))
  const [first] = findScenarios(shippedScenarios)
  const file = join(directory, '429-storm.yaml')
  writeFileSync(file, readText(first?.file ?? ''))
  expect(factsInLibrary(file)).toBeUndefined()
  rmSync(directory, { recursive: true })
})

test('one letter more is another text', () => {
  expect(sumOf('title: A')).not.toBe(sumOf('title: A '))
})
