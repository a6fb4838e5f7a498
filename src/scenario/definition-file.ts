// The file that defines a service: YAML or JSON, or what a module of TypeScript exports. Every mistake in it is told with its place.

import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import type { ServiceDefinition } from '#server/defined/definition.ts'
import { complain } from './complaint.ts'
import { checkDefinition } from './definition-check.ts'
import { definitionSchema } from './definition-schema.ts'
import { documentOf, readDocument, type Document } from './document.ts'
import { addIssues } from './issue.ts'
import { keyPlaces } from './key-places.ts'
import { Problems, quote, spell } from './problem.ts'

/** What messages call a key: `service.resources`. In the file there is no such map. */
const root = 'service'
const hint = 'It begins with `name: <name>`.'

/** The definition that a text of YAML or JSON holds. `file` is how messages call it. Throws a UserError. */
export function parseDefinition(text: string, file: string): ServiceDefinition {
  if (text.length > limits.scenarioCharacters)
    throw new UserError(
      `the file has ${text.length} characters; the definition of a service has at most ${limits.scenarioCharacters}`,
      { place: { file } },
    )
  const document = readDocument(text)
  if (document.misprints.length > 0) throw complain(text, file, document, document.misprints)
  const { definition, problems } = read(document.data, file)
  if (!definition) throw complain(text, file, document, placed(problems, document))
  return definition
}

/** The same of what a module exports whose text this is. What was computed stands nowhere. */
export function checkExported(data: unknown, text: string, file: string): ServiceDefinition {
  const { definition, problems } = read(data, file)
  if (definition) return definition
  const places = keyPlaces(text)
  const document = documentOf(text, data, places)
  if (places.length > 0) throw complain(text, file, document, placed(problems, document))
  const [first, ...others] = problems.list
  throw new UserError(first?.what ?? 'the definition is wrong', {
    place: { file },
    hint: [
      ...(first?.hint === undefined ? [] : [spell(first.hint)]),
      ...others.slice(0, limits.scenarioProblems).map(({ what }) => `${file}: ${what}`),
    ].join('\n'),
  })
}

type Reading = { readonly definition?: ServiceDefinition; readonly problems: Problems }

function read(data: unknown, file: string): Reading {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    const what = data === null ? 'the file is empty' : `a service is a map, but this file holds ${quote(data)}`
    throw new UserError(what, { place: { file }, hint })
  }
  const problems = new Problems()
  const form = definitionSchema.safeParse(data, { jitless: true })
  if (form.success) checkDefinition(form.data, [root], problems)
  else addIssues(problems, form.error.issues, definitionSchema, data, [root])
  return form.success && problems.list.length === 0
    ? { definition: form.data as ServiceDefinition, problems }
    : { problems }
}

function placed(problems: Problems, document: Document) {
  return problems.list.map((problem) => ({
    ...problem,
    span: document.spanOf({ ...problem, path: problem.path.slice(1) }),
  }))
}
