// The published JSON Schemas are those that the code emits. That of scenarios is compared beside its own code.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { oracles } from '#oracle/catalog.ts'
import { oraclePage, withOwnPart } from '#report/oracle-page.ts'
import { reportSchemaText } from '#report/report-schema.ts'
import { ownFile } from '#context/own-files.ts'
import { libraryFile } from '#scenario/library-facts.ts'
import { libraryText } from '#scenario/library-text.ts'
import { referencePages } from './reference/pages.ts'
import { configSchemaText } from '#config/schema.ts'

test.for([
  ['report', reportSchemaText],
  ['config', configSchemaText],
] as const)('the checked-in %s schema is up to date (otherwise: npm run schemas)', ([name, text]) => {
  const file = new URL(`../../schemas/v1/${name}.schema.json`, import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(text())
})

test('the page about the oracles is up to date, and its own part names every one of them', () => {
  const page = readFileSync(new URL('../../docs/oracles.md', import.meta.url), 'utf8')
  expect(page).toBe(withOwnPart(page, oraclePage()))
  const own = page.slice(0, page.indexOf('<!--'))
  expect([...oracles.keys()].filter((name) => !own.includes(`\`${name}\``))).toEqual([])
})

test('the reference is up to date (otherwise: npm run schemas), and says of everything what it means', () => {
  const pages = referencePages()
  for (const [name, text] of Object.entries(pages))
    expect(readFileSync(new URL(`../../docs/reference/${name}`, import.meta.url), 'utf8')).toBe(text)
  const mute = Object.values(pages).flatMap((text) => text.match(/^\| `.*(?<!<name>)` \| .*\|  \|$/gmu) ?? [])
  expect(mute).toEqual([])
})

test('what is known of the library beforehand is up to date (otherwise: npm run schemas)', () => {
  expect(readFileSync(ownFile(libraryFile), 'utf8')).toBe(libraryText())
})
