import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pageProgram } from './page-program.ts'

test('the checked-in program of report.html is up to date (otherwise: npm run page)', async () => {
  const file = new URL('../../assets/report-page.js', import.meta.url)
  expect(readFileSync(file, 'utf8') === (await pageProgram())).toBe(true)
})
