// What `create` returned, taken apart once: each part is read a single time, so that a getter of the client can throw only
// here, and what the client does to the object later cannot take a part away from a run that counts on it.

import { oneLine, presentable } from '#context/foreign-text.ts'
import type { Client } from './client.ts'

/** Levels of objects that promises and declarations have, and one more. */
const deepest = 3

export const functionParts = ['webhook', 'health', 'drain', 'close'] as const

export type Parts = {
  readonly read: Readonly<Record<string, unknown>>
  /** Reading these threw. */
  readonly problems: readonly string[]
}

export function takeApart(created: object): Parts {
  return readOnce(created, ['operations', 'actions', ...functionParts], 'what create() returned')
}

/** Of what a module exports as its client. Its texts are copied, so that they stay as they were checked. */
export function takeDefinitionApart(exported: object): Parts {
  const { read, problems } = readOnce(
    exported,
    ['name', 'promises', 'declares', 'services', 'create', 'shows'],
    'the client',
  )
  const promises = copied('promise', read['promises'])
  const declares = copied('declaration', read['declares'])
  const services = copied('service', read['services'])
  return {
    read: { ...read, promises: promises.value, declares: declares.value, services: services.value },
    problems: [...problems, ...promises.problems, ...declares.problems, ...services.problems],
  }
}

/** Objects within objects; lists and everything else stay what they are. */
function copied(what: string, value: unknown, depth = 0): { readonly value: unknown; readonly problems: string[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || depth > deepest)
    return { value, problems: [] }
  const { fields, problems } = fieldsOf(what, value)
  const entries = fields.map(([name, field]) => {
    const copy = copied(what, field, depth + 1)
    problems.push(...copy.problems)
    return [name, copy.value] as const
  })
  return { value: Object.fromEntries(entries), problems }
}

function readOnce(
  from: object,
  parts: readonly string[],
  what: string,
): { read: Record<string, unknown>; problems: string[] } {
  const problems: string[] = []
  const read: Record<string, unknown> = {}
  for (const part of parts)
    try {
      read[part] = (from as Readonly<Record<string, unknown>>)[part]
    } catch (error) {
      problems.push(`Reading "${part}" of ${what} threw ${thrown(error)}.`)
    }
  return { read, problems }
}

/** The fields of one part. Those whose getter throws are told and left out. */
export function fieldsOf(
  what: string,
  from: object,
): { readonly fields: [string, unknown][]; readonly problems: string[] } {
  const fields: [string, unknown][] = []
  const problems: string[] = []
  for (const name of namesOf(what, from, problems))
    try {
      fields.push([name, (from as Readonly<Record<string, unknown>>)[name]])
    } catch (error) {
      problems.push(`Reading the ${what} "${name}" threw ${thrown(error)}.`)
    }
  return { fields, problems }
}

function namesOf(what: string, from: object, problems: string[]): string[] {
  try {
    return Object.keys(from)
  } catch (error) {
    problems.push(`Reading the names of its ${what}s threw ${thrown(error)}.`)
    return []
  }
}

/** A client that is known to be usable. Its functions keep the object they were made with. */
export function assembled(created: object, { read }: Parts): Client {
  const functions = functionParts.flatMap((part) => {
    const value = read[part]
    return typeof value === 'function' ? [[part, value.bind(created) as unknown] as const] : []
  })
  const own = read['actions']
  const actions = typeof own === 'object' && own !== null ? { actions: actionsIn(own) } : {}
  return { operations: read['operations'], ...Object.fromEntries(functions), ...actions } as Client
}

function actionsIn(own: object): Record<string, unknown> {
  return Object.fromEntries(fieldsOf('action', own).fields)
}

function thrown(error: unknown): string {
  try {
    return oneLine(presentable(error instanceof Error ? `${error.name}: ${error.message}` : String(error)))
  } catch {
    return 'something'
  }
}
