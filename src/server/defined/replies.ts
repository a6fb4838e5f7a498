// Replies of a defined service, in its own shapes.

import type { Versions } from '#history/event.ts'
import type { EffectFacts, Reply } from '../service.ts'
import type { Json } from './definition.ts'
import type { Model } from './model.ts'

export type Headers = Reply['headers']

/** What an operation says before it becomes a reply. */
export type Said =
  | {
      readonly kind: 'answer'
      readonly status: number
      /** `undefined`: none. */
      readonly body: Json | undefined
      readonly contains: Versions
      readonly effects: readonly EffectFacts[]
    }
  | Refusal

export type Refusal = { readonly kind: 'refusal'; readonly status: number; readonly message: string }

export const jsonType = ['content-type', 'application/json; charset=utf-8'] as const

export function refuse(status: number, message: string): Refusal {
  return { kind: 'refusal', status, message }
}

/** In the words of HTTP, for statuses that need no more. */
const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

function reasonOf(status: number): string {
  return reasons[status] ?? (status >= 500 ? 'Server Error' : 'Client Error')
}

export type Failure = { readonly status: number; readonly message?: string; readonly requestId: string }

/** The text of an error: the template of the definition, filled in. */
export function errorText(model: Model, { status, message = reasonOf(status), requestId }: Failure): string {
  const { body, codes } = model.errors
  const code = codes[String(status)] ?? reasonOf(status).toLowerCase().replaceAll(/\W+/gu, '_')
  return JSON.stringify(filled(body, { status: String(status), code, message, requestId }))
}

export function errorReply(model: Model, failure: Failure, headers: Headers): Reply {
  return { status: failure.status, headers, body: errorText(model, failure), contains: {}, effects: [] }
}

/** A text that is nothing but {status} becomes the number. */
function filled(template: Json, words: Readonly<Record<string, string>>): Json {
  if (template === '{status}') return Number(words['status'])
  if (typeof template === 'string')
    return template.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => words[name] ?? whole)
  if (Array.isArray(template)) return template.map((part: Json) => filled(part, words))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([name, part]) => [name, filled(part as Json, words)]))
}

/** A place such as `meta.next`, with what stands there, in an object that holds other places already. */
export function put(target: Record<string, unknown>, place: string, value: unknown): void {
  const parts = place.split('.')
  const last = parts.pop() ?? place
  let at = target
  for (const part of parts) {
    at[part] ??= {}
    at = at[part] as Record<string, unknown>
  }
  at[last] = value
}
