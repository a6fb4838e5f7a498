// What tests of single kinds ask of them: a decision about an exchange, what becomes of a reply or a notification.

import assert from 'node:assert/strict'
import { usualLimitHeaders, type LimitHeaders } from '#history/limit-headers.ts'
import { createPrng } from '#random/prng.ts'
import type {
  Condition,
  Decision,
  Disturbance,
  ExchangeView,
  FaultKind,
  FaultReply,
  NotificationView,
} from './fault.ts'
import { possibleEffects } from './problem.ts'

const contactRead: ExchangeView = {
  exchange: 1,
  operation: 1,
  instance: 0,
  nth: 1,
  method: 'GET',
  route: '/contacts/{id}',
  host: 'api.au.intercom.io',
  region: 'au',
  product: 'rest',
  fleet: 'au-rest',
  workspace: 'ours',
  shard: 'a',
  tokenGeneration: 0,
  customer: null,
  url: new URL('https://api.au.intercom.io/contacts/c1?with=notes'),
  body: '',
}

const notification: NotificationView = {
  notification: 'notif_1',
  topic: 'conversation.user.replied',
  workspace: 'ours',
  region: 'au',
  shard: 'a',
  nth: 1,
}

export function decisionOf(
  kind: FaultKind,
  input: unknown,
  exchange: Partial<ExchangeView> = {},
  { intensity = 1, seed = 'seed' } = {},
): Decision {
  const params = kind.schema.parse(input)
  const effect = possibleEffects(kind, params)[0] ?? 'none'
  assert(kind.decide)
  return kind.decide(params, { ...contactRead, ...exchange }, effect, intensity, createPrng(seed))
}

/** What a kind that rewrites makes of a reply that leaves at `epochMs`, from an API that tells limits as Intercom does. */
export function rewritten(
  kind: FaultKind,
  input: unknown,
  reply: FaultReply,
  exchange: Partial<ExchangeView> = {},
  epochMs = 0,
  told: LimitHeaders = usualLimitHeaders,
): FaultReply {
  const decision = decisionOf(kind, input, exchange)
  assert(decision.kind === 'rewrite')
  return decision.edit(reply, epochMs, told)
}

export function conditionOf(kind: FaultKind, input: unknown, intensity = 1): Condition | undefined {
  return kind.impose?.(kind.schema.parse(input), intensity, 1)[0]
}

export function disturbanceOf(
  kind: FaultKind,
  input: unknown,
  { intensity = 1, seed = 'seed' } = {},
): Disturbance | undefined {
  return kind.disturb?.(kind.schema.parse(input), notification, intensity, createPrng(seed))
}

/** What is said of parameters that are wrong. */
export function complaint(kind: FaultKind, input: unknown): string | undefined {
  return kind.schema.safeParse(input).error?.issues[0]?.message
}
