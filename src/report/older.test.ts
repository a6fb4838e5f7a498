import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { setAside } from './older.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'brownout-older-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

const files = ['report.json', 'junit.xml', 'history.ndjson']
const place = () => [{ directory, files }]
const write = (names: readonly string[], text: string) =>
  names.forEach((name) => writeFileSync(join(directory, name), text))
const held = () =>
  Object.fromEntries(
    readdirSync(directory)
      .toSorted()
      .map((name) => [name, readFileSync(join(directory, name), 'utf8')]),
  )

test('the reports of an earlier run are out of the way while a run goes on, and nothing else is', async () => {
  write(['report.json', 'junit.xml', 'notes.md'], 'older')
  const older = await setAside(place())
  expect(readdirSync(directory).toSorted()).toEqual(['.before', 'notes.md'])
  await older.discard()
  expect(held()).toEqual({ 'notes.md': 'older' })
})

test('they come back whole, in place of a part of the new ones', async () => {
  write(['report.json', 'junit.xml'], 'older')
  const older = await setAside(place())
  write(['report.json', 'history.ndjson'], 'newer')
  await older.restore()
  expect(held()).toEqual({ 'report.json': 'older', 'junit.xml': 'older' })
})

test('a part of the new ones stays where there was nothing before', async () => {
  const older = await setAside(place())
  write(['report.json'], 'newer')
  await older.restore()
  expect(held()).toEqual({ 'report.json': 'newer' })
})

test('what a killed run had put aside is the older report still', async () => {
  write(['report.json'], 'older')
  await setAside(place())
  const older = await setAside(place())
  await older.restore()
  expect(held()).toEqual({ 'report.json': 'older' })
})

test('pages that are numbered go with the rest, however many there were before and are now', async () => {
  write(['report-1.html', 'report-2.html', 'report-2.htm', 'my-report-1.html'], 'older')
  const kept = { 'report-2.htm': 'older', 'my-report-1.html': 'older' }
  const isNumbered = (name: string) => /^report-\d+\.html$/u.test(name)
  const older = await setAside([{ directory, files, also: isNumbered }])
  write(['report-1.html', 'report-3.html'], 'newer')
  await older.restore()
  expect(held()).toEqual({ ...kept, 'report-1.html': 'older', 'report-2.html': 'older' })
  const again = await setAside([{ directory, files, also: isNumbered }])
  await again.discard()
  expect(held()).toEqual(kept)
})

test('a directory of that name is no report: it is named, and everything lies where it lay', async () => {
  mkdirSync(join(directory, 'junit.xml'))
  write(['report.json'], 'older')
  await expect(setAside(place())).rejects.toThrow(/junit\.xml": it is a directory/u)
  expect(readdirSync(directory).toSorted()).toEqual(['junit.xml', 'report.json'])
  expect(readFileSync(join(directory, 'report.json'), 'utf8')).toBe('older')
})
