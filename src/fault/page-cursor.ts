// The cursor that a request for a page carries: in the query of a list, in the body of a search.

import type { ExchangeView } from './fault.ts'

export function cursorOf({ url, body }: Pick<ExchangeView, 'url' | 'body'>): string | undefined {
  const asked = url.searchParams.get('starting_after')
  if (asked !== null && asked !== '') return asked
  if (!body.includes('starting_after')) return undefined
  const { pagination } = objectIn(body)
  const { starting_after: cursor } = isObject(pagination) ? pagination : {}
  return typeof cursor === 'string' && cursor !== '' ? cursor : undefined
}

type JsonObject = { readonly [name: string]: unknown }

/** An empty object for what is no JSON object. */
export function objectIn(text: string): JsonObject {
  try {
    const read: unknown = JSON.parse(text)
    return isObject(read) ? read : {}
  } catch {
    return {}
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
