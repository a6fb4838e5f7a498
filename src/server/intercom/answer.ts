// What a route says, before it becomes a reply: an answer with its evidence, or a refusal in Intercom's words, which can give
// several reasons at once.

import type { Versions } from '#history/event.ts'
import type { EffectFacts } from '../service.ts'

export type Answer = {
  readonly kind: 'answer'
  readonly status: 200 | 202
  /** Empty when there is no body. */
  readonly text: string
  readonly contains: Versions
  readonly effects: readonly EffectFacts[]
}

export type Refusal = {
  readonly kind: 'refusal'
  readonly status: number
  /** At least one. */
  readonly errors: readonly ApiError[]
  readonly headers?: readonly (readonly [name: string, value: string])[]
}

export type ApiError = { readonly code: string; readonly message: string }

export function answer(text: string, contains: Versions, effects: readonly EffectFacts[] = []): Answer {
  return { kind: 'answer', status: 200, text, contains, effects }
}

/** Taken, to be worked on later: 202 without a body. */
export function accepted(contains: Versions, effects: readonly EffectFacts[] = []): Answer {
  return { kind: 'answer', status: 202, text: '', contains, effects }
}

export function refuse(status: number, code: string, message: string): Refusal {
  return { kind: 'refusal', status, errors: [{ code, message }] }
}

/** One refusal for the reasons of all; of several kinds, the first one's status. */
export function refuseAll(refusals: readonly Refusal[]): Refusal | undefined {
  const [first, ...others] = refusals
  if (!first || others.length === 0) return first
  return { ...first, errors: refusals.flatMap(({ errors }) => errors) }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refusal'
}
