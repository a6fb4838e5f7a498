// Writes the published JSON Schemas. Run it (`npm run schemas`) after a change of the scenario or the
// report format; tests compare.

import { mkdirSync, writeFileSync } from 'node:fs'
import { reportSchemaText } from '#report/report-schema.ts'
import { schemaText } from '#scenario/json-schema.ts'

const directory = new URL('../../schemas/v1/', import.meta.url)

mkdirSync(directory, { recursive: true })
writeFileSync(new URL('scenario.schema.json', directory), schemaText())
writeFileSync(new URL('report.schema.json', directory), reportSchemaText())
