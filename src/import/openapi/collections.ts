// From paths to what is held there: a list at `/parcels`, one of them at `/parcels/{id}`, maybe below one of another kind. What is asked in any
// other way is left out, and told.

import { own, partOf, type Part, type Specification } from './specification.ts'
import type { Notes } from './notes.ts'
import { listIn, type List } from './lists.ts'

export type Verb = 'list' | 'read' | 'create' | 'update' | 'delete'

export type Collection = {
  /** Without parameters but that of the one it lies below, as the specification calls it. */
  readonly path: string
  readonly segment: string
  /** What the path of one of them ends in. */
  readonly parameter: string | undefined
  /** `/depots`, and what its id is called here, where it lies below one. */
  readonly above: { readonly path: string; readonly parameter: string } | undefined
  readonly verbs: ReadonlyMap<Verb, Part>
  readonly updates: 'PATCH' | 'PUT'
  readonly list: List | undefined
}

const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'] as const
type Method = (typeof methods)[number]
type Place = { readonly path: string; readonly item: Part; readonly asked: ReadonlyMap<Method, Part> }
/** By the path of a collection: one of it, whatever its id is called. */
type Ones = ReadonlyMap<string, { readonly parameter: string; readonly asked: Place['asked'] }>

const otherOperations = 'operations that neither list, read, create, update nor delete one kind of thing'
const plainPath = /^(?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)+$/u
const belowOne =
  /^((?:\/(?!\.{1,2}\/)[A-Za-z0-9._~-]+)+)\/\{([A-Za-z_]\w*)\}((?:\/(?!\.{1,2}(?:\/|$))[A-Za-z0-9._~-]+)+)$/u

export function collectionsIn(spec: Specification, notes: Notes): readonly Collection[] {
  const places = placesIn(spec)
  const ones = onesIn(places)
  const found = [...places.keys()].map((path) => collectionPath(path)).filter((path) => path !== undefined)
  const collections = [...new Set(found)]
    // `/contacts/search`, where `/contacts/{id}` is one of them, is no collection of its own.
    .filter((path) => !ones.has(path.slice(0, path.lastIndexOf('/'))))
    .flatMap((path) => collectionAt(path, places, ones, { spec, notes }) ?? [])
  const held = new Set(collections.map(({ path }) => path))
  const kept = collections.filter(({ above }) => !above || held.has(above.path))
  tellOthers(places, kept, notes)
  return kept
}

function placesIn(spec: Specification): ReadonlyMap<string, Place> {
  const paths = Object.entries(partOf(own(spec.root, 'paths')) ?? {})
  return new Map(
    paths.flatMap(([written, value]) => {
      const item = spec.part(value)
      const path = written.length > 1 ? written.replace(/\/$/u, '') : written
      if (!item || !path.startsWith('/')) return []
      const asked = methods.flatMap((method) => {
        const operation = spec.part(own(item, method))
        return operation ? [[method, operation] as const] : []
      })
      return [[path, { path: written, item, asked: new Map(asked) }]]
    }),
  )
}

/** Of either path of a collection. */
function collectionPath(path: string): string | undefined {
  const bare = path.replace(/\/\{[^{}/]*\}$/u, '')
  return plainPath.test(bare) || belowOne.test(bare) ? bare : undefined
}

/** The first that is written counts. */
function onesIn(places: ReadonlyMap<string, Place>): Ones {
  const ones = new Map<string, { readonly parameter: string; readonly asked: Place['asked'] }>()
  for (const [path, { asked }] of places) {
    const [, before, parameter] = /^(.*)\/\{(\w+)\}$/u.exec(path) ?? []
    if (before !== undefined && parameter !== undefined && !ones.has(before)) ones.set(before, { parameter, asked })
  }
  return ones
}

function collectionAt(
  path: string,
  places: ReadonlyMap<string, Place>,
  ones: Ones,
  { spec, notes }: { readonly spec: Specification; readonly notes: Notes },
): Collection | undefined {
  const one = ones.get(path)
  const all = places.get(path)
  const get = all?.asked.get('get')
  const list = get && all ? listIn(spec, all.item, get, notes) : undefined
  const verbs = new Map<Verb, Part>()
  if (get && list) verbs.set('list', get)
  // What is posted to a place that holds nothing is an action.
  const post = list || one ? all?.asked.get('post') : undefined
  if (post) verbs.set('create', post)
  const named = one?.asked
  const update = named?.get('patch') ?? named?.get('put')
  if (named?.get('get')) verbs.set('read', named.get('get')!)
  if (update) verbs.set('update', update)
  if (named?.get('delete')) verbs.set('delete', named.get('delete')!)
  if (verbs.size === 0) return undefined
  const [, above, parameter] = belowOne.exec(path) ?? []
  return {
    path,
    segment: path.slice(path.lastIndexOf('/') + 1),
    parameter: one?.parameter,
    above: above === undefined || parameter === undefined ? undefined : { path: above, parameter },
    verbs,
    updates: named?.has('patch') || !named?.has('put') ? 'PATCH' : 'PUT',
    list,
  }
}

/** Whatever no collection stands for. */
function tellOthers(places: ReadonlyMap<string, Place>, kept: readonly Collection[], notes: Notes): void {
  const used = new Set(kept.flatMap(({ verbs }) => [...verbs.values()]))
  for (const { path, asked } of places.values())
    for (const [method, operation] of asked)
      if (!used.has(operation)) notes.leave(otherOperations, `${method.toUpperCase()} ${path.slice(0, 120)}`)
}
