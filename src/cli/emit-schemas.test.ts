// The published JSON Schemas are those that the code emits. That of scenarios is compared beside its own code.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reportSchemaText } from '#report/report-schema.ts'

test('the checked-in report schema is up to date (otherwise: npm run schemas)', () => {
  const file = new URL('../../schemas/v1/report.schema.json', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(reportSchemaText())
})
