import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { prepareReportDirectory, writeReport } from './write.ts'

let directory = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'brownout-write-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

test('creates a report directory and leaves it empty', async () => {
  await prepareReportDirectory(join(directory, 'deep/reports'))
  expect(readdirSync(join(directory, 'deep/reports'))).toEqual([])
})

test.for([
  { place: 'file', says: 'it is a file' },
  { place: 'file/below', says: 'a part of the path is a file' },
  { place: 'dangling', says: 'it cannot be created there' },
  { place: `${'x'.repeat(300)}`, says: 'the name is too long' },
])('refuses a directory that cannot be written: $says', async ({ place, says }) => {
  writeFileSync(join(directory, 'file'), '')
  symlinkSync(join(directory, 'nowhere'), join(directory, 'dangling'))
  const error = await prepareReportDirectory(join(directory, place), place).catch((thrown: unknown) => thrown)
  expect(isUserError(error)).toBe(true)
  expect(String(error)).toContain(`Cannot write reports to "${place}": ${says}`)
})

const unmakeable = process.platform === 'linux' ? ['/proc/brownout', '/proc/brownout/deep/reports'] : []
test.for(unmakeable)('refuses %s, where the system makes no directories, and comes back', async (place) => {
  await expect(prepareReportDirectory(place)).rejects.toThrow(/^Cannot write reports to "\/proc\/brownout/u)
})

test('creates nothing below a directory that cannot be written', async () => {
  chmodSync(directory, 0o500)
  const error = await prepareReportDirectory(join(directory, 'a/b')).catch((thrown: unknown) => thrown)
  chmodSync(directory, 0o700)
  // The administrator may write everywhere.
  expect(String(error)).toContain(process.getuid?.() === 0 ? 'undefined' : 'you have no permission to write there')
})

test('follows a link to a directory, and lets two runs prepare one directory at once', async () => {
  await prepareReportDirectory(join(directory, 'real'))
  symlinkSync(join(directory, 'real'), join(directory, 'link'))
  await Promise.all(['link/a/b', 'real/a/b', 'link/a/c'].map((place) => prepareReportDirectory(join(directory, place))))
  expect(readdirSync(join(directory, 'real/a')).toSorted()).toEqual(['b', 'c'])
})

test('replaces an older report and leaves nothing else behind', async () => {
  const file = join(directory, 'report.json')
  await writeReport(file, 'old')
  await writeReport(file, 'new')
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(readdirSync(directory)).toEqual(['report.json'])
})

test('leaves nothing behind when a report cannot take its place', async () => {
  await writeReport(join(directory, 'report.json/inside'), 'x')
  await expect(writeReport(join(directory, 'report.json'), 'text')).rejects.toSatisfy(isUserError)
  expect(readdirSync(directory)).toEqual(['report.json'])
})
