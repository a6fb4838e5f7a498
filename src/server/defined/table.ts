// Which path of a defined service is served by which operation of which resource.

import { decode, segmentsOf } from '../path.ts'
import type { Verb } from './definition.ts'
import type { Model, Resource } from './model.ts'

export type Route = {
  readonly method: string
  readonly template: string
  readonly verb: Verb
  readonly resource: Resource
}

/** With what stands for the template's parameters: the entity it lies below, and its own id. */
export type Match = { readonly route: Route; readonly parent: string; readonly id: string }

export function routesOf({ resources }: Pick<Model, 'resources'>): Route[] {
  return resources.flatMap((resource) => {
    const { path, update } = resource
    const one = `${path}/{id}`
    const all: readonly (readonly [string, string, Verb])[] = [
      ['GET', path, 'list'],
      ['POST', path, 'create'],
      ['GET', one, 'read'],
      [update, one, 'update'],
      ['DELETE', one, 'delete'],
    ]
    return all
      .filter(([, , verb]) => resource.offers.includes(verb))
      .map(([method, template, verb]) => ({ method, template, verb, resource }))
  })
}

type Entry = { readonly route: Route; readonly segments: readonly string[] }

export class Table {
  readonly #entries: readonly Entry[]

  constructor(routes: readonly Route[]) {
    this.#entries = routes.map((route) => ({ route, segments: segmentsOf(route.template) }))
  }

  match(method: string, path: string): Match | undefined {
    const segments = segmentsOf(path).map(decode)
    const found = this.#fitting(segments).find(({ route }) => route.method === method)
    if (!found) return undefined
    const given = (name: string): string => {
      const at = found.segments.indexOf(`{${name}}`)
      return at < 0 ? '' : (segments[at] ?? '')
    }
    const { parent } = found.route.resource
    return { route: found.route, parent: parent === null ? '' : given(parent), id: given('id') }
  }

  /** The methods that a path has. */
  methods(path: string): string[] {
    return [...new Set(this.#fitting(segmentsOf(path).map(decode)).map(({ route }) => route.method))]
  }

  /** Of several the one with the most literal segments comes first. */
  #fitting(path: readonly (string | null)[]): Entry[] {
    const fits = ({ segments }: Entry): boolean =>
      segments.length === path.length &&
      segments.every((segment, at) => (segment.startsWith('{') ? path[at] !== null : segment === path[at]))
    const literal = ({ segments }: Entry): number => segments.filter((segment) => !segment.startsWith('{')).length
    return this.#entries.filter(fits).toSorted((one, other) => literal(other) - literal(one))
  }
}
