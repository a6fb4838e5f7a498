// From a specification of OpenAPI to the definition of a service that is simulated as one that holds something, and a scenario to begin with.
// The definition has the right form whatever the specification says, or there is a sentence; what is not taken over is counted and named.

import assert from 'node:assert/strict'
import { limits } from '#context/limits.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import type { ServiceDefinition } from '#server/defined/definition.ts'
import { parseDefinition } from '#scenario/definition-file.ts'
import { intentNames, products } from '#scenario/services.ts'
import { writeScenario } from '#scenario/write.ts'
import { listed, wrapped } from '../notes.ts'
import { tidy } from '../words.ts'
import { collectionsIn, type Collection } from './collections.ts'
import { authOf, errorOf, idempotencyOf, paginationOf, placesOf } from './manners.ts'
import { capital, resourceName, serviceName } from './names.ts'
import { Notes } from './notes.ts'
import { resourceOf, type Made } from './resource.ts'
import { outageOf } from './skeleton.ts'
import { Specification, textAt } from './specification.ts'

export type ImportedService = {
  readonly name: string
  readonly service: { readonly file: string; readonly text: string }
  readonly scenario: { readonly file: string; readonly text: string }
  readonly resources: number
  readonly operations: number
  readonly notes: Notes
}

/** What Intercom calls its own; an operation has one meaning. */
const takenNames = new Set([
  ...intentNames.map((intent) => intent.split('.')[0] ?? ''),
  // Every object has these.
  ...Object.getOwnPropertyNames(Object.prototype),
])

/** `name`: what the service is called. Default: from the title. Throws UserError. */
export function importOpenapi(text: string, file: string, name?: string): ImportedService {
  // What would be too long is tried again with less of it.
  for (let most: number = limits.specificationResources; ; most = Math.floor(most / 2)) {
    const imported = importWith(text, file, name, most)
    if (imported.service.text.length <= limits.scenarioCharacters) return checked(imported)
    assert(most > 1, 'One resource is not too long.')
  }
}

function importWith(text: string, file: string, given: string | undefined, most: number): ImportedService {
  const notes = new Notes()
  const spec = Specification.of(text, file, notes)
  const title = textAt(spec.below(spec.root, 'info'), 'title') ?? ''
  const made = given ?? serviceName(title)
  const name = products.includes(made) ? `${made}-api` : made
  const found = collectionsIn(spec, notes)
  if (found.length === 0) throw nothingHeld(file)
  const collections = found.slice(0, most)
  for (const { path } of found.slice(most)) notes.leave(`collections beyond the first ${most}`, path)
  const kept = collections.filter(({ above }) => !above || collections.some(({ path }) => path === above.path))
  const names = namesOf(kept, name, notes)
  const resources = kept.map((one) => resourceOf(one, names.get(one.path) ?? '', names, spec, notes))
  const definition = definitionOf(name, spec, kept, resources, notes)
  const service = `${name}.service.yaml`
  const source = tidy(file) || 'a file'
  return {
    name,
    service: { file: service, text: writeScenario(definition, commentOf(source, title, notes), new Map(), 4) },
    scenario: {
      file: `${name}-unavailable.yaml`,
      text: writeScenario(
        outageOf(definition, source, service),
        wrapped(
          `Made from ${source} by \`brownout import openapi\`: a scenario to begin with. No such incident is known; all of it is assumed. Change it to one that you had.`,
        ).join('\n'),
      ),
    },
    resources: resources.length,
    operations: kept.reduce((sum, { verbs }) => sum + verbs.size, 0),
    notes,
  }
}

function nothingHeld(file: string): UserError {
  return new UserError('the specification has no path at which things are listed, or one of them is read', {
    place: { file },
    hint: 'A service that holds something has paths such as /parcels and /parcels/{id}. Define it by hand.',
  })
}

function definitionOf(
  name: string,
  spec: Specification,
  collections: readonly Collection[],
  made: readonly Made[],
  notes: Notes,
): ServiceDefinition {
  const pagination = paginationOf(collections, notes)
  const idempotency = idempotencyOf(spec, collections)
  const envelope = envelopeOf(made, notes)
  const body = errorOf(spec, collections, notes)
  notes.assume('A workspace may send 600 requests in 60s: no specification says how many.')
  return {
    name,
    ...placesOf(spec, name, notes),
    auth: authOf(spec, notes),
    limits: { requests: 600, per: '60s' },
    ...(pagination && { pagination }),
    ...(idempotency !== undefined && { idempotency }),
    ...(envelope !== undefined && { envelope }),
    ...(body !== undefined && { errors: { body } }),
    resources: Object.fromEntries(made.map((one) => [one.name, one.resource])),
  }
}

/** Each has one of its own, that no operation of Intercom has. */
function namesOf(collections: readonly Collection[], service: string, notes: Notes): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const used = new Set(takenNames)
  const prefix = service.replaceAll(/-(\w)/gu, (_, letter: string) => letter.toUpperCase())
  for (const { path, segment, above } of collections) {
    const own = resourceName(segment) ?? 'thing'
    const parent = above && names.get(above.path)
    const wishes = [own, ...(parent === undefined ? [] : [`${parent}${capital(own)}`]), `${prefix}${capital(own)}`]
    const name = firstFree(
      wishes.map((wish) => wish.slice(0, 36)),
      used,
    )
    if (name !== own)
      notes.assumeOf('resources that are called otherwise, because something else has the name', `${name} at ${path}`)
    used.add(name)
    names.set(path, name)
  }
  return names
}

function firstFree(wishes: readonly string[], used: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const free = wishes.map((wish) => (number === 1 ? wish : `${wish}${number}`)).find((wish) => !used.has(wish))
    if (free !== undefined) return free
  }
}

function envelopeOf(made: readonly Made[], notes: Notes): string | undefined {
  const groups = Map.groupBy(made, ({ envelope }) => envelope)
  const [most, ...others] = [...groups].toSorted(([, one], [, other]) => other.length - one.length)
  for (const { name } of others.flatMap(([, all]) => all))
    notes.leave('resources that stand elsewhere in an answer than most, and are simulated as those', name)
  return most?.[0]
}

const listedInFile = 40

function commentOf(source: string, title: string, notes: Notes): string {
  const left = notes.leftOut(listedInFile)
  return [
    ...wrapped(
      `Made from ${source} (${tidy(title, 120) || 'without a title'}) by \`brownout import openapi\`: a service that holds what it is given, to be confirmed. A specification says what may be sent and answered, not how the service behaves.`,
    ),
    '',
    'Assumed:',
    ...listed(notes.assumed(listedInFile)),
    ...(left.length > 0 ? ['', 'Not taken over:', ...listed(left)] : []),
  ].join('\n')
}

/** What does not have the form of a definition is our mistake. */
function checked(imported: ImportedService): ImportedService {
  const { text, file } = imported.service
  try {
    parseDefinition(text, file)
    return imported
  } catch (error) {
    assert(!isUserError(error), `What is written is a definition, but: ${String(error)}`)
    throw error
  }
}
