// What somebody says of an API of their own, as data: where it answers, what it asks of callers, and what it holds. Whoever writes it in
// TypeScript writes it with `defineService`; a YAML or JSON file says the same. `#scenario/definition-file.ts` reads and checks either.

type Duration = `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`

/** Anything that JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** What can be done with a resource; each is an operation, `parcel.read`. */
export const verbs = ['list', 'read', 'create', 'update', 'delete'] as const
export type Verb = (typeof verbs)[number]

export const fieldTypes = ['string', 'integer', 'number', 'boolean', 'enum', 'date-time', 'id'] as const

export type FieldDefinition = {
  readonly type: (typeof fieldTypes)[number]
  /** Of a string: how it looks, `#` a digit and `?` a small letter. Default: the field's name, a dash and eight letters. */
  readonly like?: string
  /** Of an integer or a number: the least and the most. Default: 1 and 1000. */
  readonly from?: number
  readonly to?: number
  /** Of an enum. */
  readonly values?: readonly string[]
  /** Of an id: the resource whose id it holds. */
  readonly of?: string
  /** Of a date-time: the service writes it, when the entity is created or whenever it changes. */
  readonly set?: 'created' | 'changed'
  /** A create may leave it out, and it is null then. */
  readonly optional?: boolean
}

export type ResourceDefinition = {
  /** `/parcels`, or below another resource, `/depots/{depot}/parcels`: `depot` is then a field of type id. */
  readonly path: string
  /** Which operations there are. Default: all. */
  readonly offers?: readonly Verb[]
  /** How many a workspace holds at the start. Default: 100. */
  readonly seeded?: number
  /** How ids look: `uuid`, `number`, or a text such as `prc_????????`. Default: `uuid`. */
  readonly ids?: string
  /** The field that says which piece of business an entity is. */
  readonly key?: string
  /** A second entity with the same key is refused with 409. Default: true where there is a key. */
  readonly unique?: boolean
  /** How an update is sent. Default: PATCH. */
  readonly update?: 'PATCH' | 'PUT'
  /** The fields that a load changes. One of them is a string, so that each update is a change of its own. Default: the first string but the key. */
  readonly changes?: readonly string[]
  /** Besides `id`, which every entity has. */
  readonly fields: Readonly<Record<string, FieldDefinition>>
}

export type AuthDefinition = {
  /** `bearer`: `Authorization: Bearer <token>`; a header or a parameter of its own; `none`: everybody is the first workspace. */
  readonly kind: 'bearer' | 'header' | 'query' | 'none'
  /** Of the header, or of the parameter. */
  readonly name?: string
}

export type LimitsDefinition = {
  /** So many requests of one workspace in each window of so long. */
  readonly requests: number
  readonly per: Duration
  /** Names of the headers that tell of it. Default: none is sent. */
  readonly headers?: { readonly limit?: string; readonly remaining?: string; readonly reset?: string }
  /** Whether the reset is told in Unix seconds or in how many seconds it is. Default: epoch. */
  readonly reset?: 'epoch' | 'seconds'
  /** Whether a 429 says Retry-After. Default: true. */
  readonly retryAfter?: boolean
}

export type PaginationDefinition = {
  readonly kind: 'cursor' | 'page' | 'offset'
  /** How many come without asking, and how many at most. Default: 20 and 100. */
  readonly size?: number
  readonly most?: number
  /** Names of parameters: how many, and from where. Default: `limit`, and `cursor`, `page` or `offset`. */
  readonly sizeParameter?: string
  readonly fromParameter?: string
  /** Where in the answer what stands, as `data` or `meta.next`. Default: the items are in `data`, the cursor in `next_cursor`. */
  readonly items?: string
  readonly next?: string
  /** How many there are in all. Default: it is not told. */
  readonly total?: string
}

export type ErrorsDefinition = {
  /** What an error looks like; texts in it may say {status}, {code}, {message} and {requestId}. */
  readonly body: Json
  /** The codes of this API, by status. Others have the words of HTTP, `not_found`. */
  readonly codes?: Readonly<Record<string, string>>
}

export type ServiceDefinition = {
  /** What it is called, also in the names of its fleets, `<region>-<name>`. */
  readonly name: string
  /** Where it answers. A host without a region is `global`. A workspace meets the host of its region, or else the first. */
  readonly hosts: readonly { readonly host: string; readonly region?: string }[]
  /** What every path begins with, `/v1`. */
  readonly base?: string
  /** Default: bearer. */
  readonly auth?: AuthDefinition
  /** Default: none. */
  readonly limits?: LimitsDefinition
  /** Of every list. Default: a list is told at once, in `data`. */
  readonly pagination?: PaginationDefinition
  /** The header in which a write says which attempt it belongs to; one that was seen is answered as before. */
  readonly idempotency?: string
  /** Where in an answer a single entity stands, as `data`. Default: it is the answer. */
  readonly envelope?: string
  readonly errors?: ErrorsDefinition
  /** By what one of them is called: `parcel`. */
  readonly resources: Readonly<Record<string, ResourceDefinition>>
}

/** Nothing but its types: `export default defineService({ ... })`. */
export function defineService<const D extends ServiceDefinition>(definition: D): D {
  return definition
}
