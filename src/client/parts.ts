// What `create` returned, taken apart once: each part is read a single time, so that a getter of the client can throw only
// here, and what the client does to the object later cannot take a part away from a run that counts on it.

import { oneLine, presentable } from '#context/foreign-text.ts'
import type { Client } from './client.ts'

export const functionParts = ['webhook', 'health', 'drain', 'close'] as const

export type Parts = {
  readonly read: Readonly<Record<string, unknown>>
  /** Reading these threw. */
  readonly problems: readonly string[]
}

export function takeApart(created: object): Parts {
  const problems: string[] = []
  const read: Record<string, unknown> = {}
  for (const part of ['operations', 'actions', ...functionParts])
    try {
      read[part] = (created as Readonly<Record<string, unknown>>)[part]
    } catch (error) {
      problems.push(`Reading "${part}" of what create() returned threw ${thrown(error)}.`)
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
  for (const name of Object.keys(from))
    try {
      fields.push([name, (from as Readonly<Record<string, unknown>>)[name]])
    } catch (error) {
      problems.push(`Reading the ${what} "${name}" threw ${thrown(error)}.`)
    }
  return { fields, problems }
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
