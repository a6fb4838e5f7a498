// One call of a known route with valid credentials, and what a route is.

import type { Versions } from '#history/event.ts'
import type { RequestFacts } from '../service.ts'
import type { Answer, Refusal } from './answer.ts'
import type { Workspace } from './workspace.ts'

export type JsonObject = { readonly [name: string]: unknown }

export type Call = {
  readonly workspace: Workspace
  /** What stands for the template's parameters, in order; empty for those it does not have. */
  readonly id: string
  readonly second: string
  readonly query: URLSearchParams
  readonly body: JsonObject
  /** Of the API that the caller asks for: the minor number of 2.x. */
  readonly version: number
  /** Unix seconds. */
  readonly now: number
}

/** What a call is about, known without serving it. */
export type Subject = Pick<RequestFacts, 'entity' | 'key' | 'customer'>

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly template: string
  subject(call: Call): Subject
  serve(call: Call): Answer | Refusal
}

/** Leaves out what is not known, because absent and undefined differ in a history. */
export function subject(entity?: string, key?: string | null, customer?: string | null): Subject {
  return {
    ...(entity === undefined ? {} : { entity }),
    ...(key === undefined || key === null ? {} : { key }),
    ...(customer === undefined || customer === null ? {} : { customer }),
  }
}

export function contains(...versions: readonly (readonly [entity: string, version: number])[]): Versions {
  return Object.fromEntries(versions)
}
