// Writes what is made from the code: the published JSON Schemas, the reference, what is known of the library, and the page about the oracles below its first part,
// which is ours. Run it (`npm run schemas`) after a change of the scenario or the report format, or of an oracle; tests compare.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { oraclePage, withOwnPart } from '#report/oracle-page.ts'
import { reportSchemaText } from '#report/report-schema.ts'
import { ownFile } from '#context/own-files.ts'
import { libraryFile } from '#scenario/library-facts.ts'
import { libraryText } from '#scenario/library-text.ts'
import { referencePages } from './reference/pages.ts'
import { configSchemaText } from '#config/schema.ts'
import { clientSchemaText, definitionSchemaText, schemaText } from '#scenario/json-schema.ts'

const directory = new URL('../../schemas/v1/', import.meta.url)

mkdirSync(directory, { recursive: true })
writeFileSync(new URL('scenario.schema.json', directory), schemaText())
writeFileSync(new URL('client.schema.json', directory), clientSchemaText())
writeFileSync(new URL('service.schema.json', directory), definitionSchemaText())
writeFileSync(new URL('config.schema.json', directory), configSchemaText())
writeFileSync(new URL('report.schema.json', directory), reportSchemaText())

const reference = new URL('../../docs/reference/', import.meta.url)
mkdirSync(reference, { recursive: true })
for (const [name, text] of Object.entries(referencePages())) writeFileSync(new URL(name, reference), text)

writeFileSync(ownFile(libraryFile), libraryText())

const page = new URL('../../docs/oracles.md', import.meta.url)
writeFileSync(page, withOwnPart(readFileSync(page, 'utf8'), oraclePage()))
