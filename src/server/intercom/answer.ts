// What a route says, before it becomes a reply: an answer with its evidence, or a refusal in Intercom's words.

import type { Versions } from '#history/event.ts'
import type { EffectFacts } from '../service.ts'

export type Answer = {
  readonly kind: 'answer'
  readonly text: string
  readonly contains: Versions
  readonly effects: readonly EffectFacts[]
}

export type Refusal = {
  readonly kind: 'refusal'
  readonly status: number
  readonly code: string
  readonly message: string
}

export function answer(text: string, contains: Versions, effects: readonly EffectFacts[] = []): Answer {
  return { kind: 'answer', text, contains, effects }
}

export function refuse(status: number, code: string, message: string): Refusal {
  return { kind: 'refusal', status, code, message }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refusal'
}
