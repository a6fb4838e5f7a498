// The form of a header that comes from a file, which anybody may have written. What a newer version adds is left as it is.

import { z } from 'zod'
import { causes, propertyOutcomes, type Header } from './header.ts'

const text = z.string().max(10_000)
const count = z.int().nonnegative()
const ms = z.number().nonnegative().max(1e12)
const share = z.number().min(0).max(1)
/** Until the year 9999. */
const epochMs = z.number().nonnegative().max(253_402_300_799_999)
const unit = z.enum(['ms', 'count', 'share', 'ratio'])
const few = 1_000

/** A map by names that somebody chose: `constructor` is a name like any other. */
function byName<T>(value: z.ZodType<T>): z.ZodType<Readonly<Record<string, T>>> {
  return z.record(text, value).transform((map) => Object.assign(Object.create(null) as Record<string, T>, map))
}

const step = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stale'), maxAgeMs: ms }),
  z.object({ kind: z.literal('queue'), maxDelayMs: ms }),
  z.object({ kind: z.literal('fallback') }),
  z.object({ kind: z.literal('drop') }),
  z.object({ kind: z.literal('error') }),
])

const promise = z.looseObject({
  withinMs: ms.exactOptional(),
  freshMs: ms.exactOptional(),
  degrade: z.array(step).max(few),
  key: text.exactOptional(),
  order: text.exactOptional(),
})

const breaker = z.looseObject({
  failures: count,
  share: share.exactOptional(),
  windowMs: ms.exactOptional(),
  restMs: ms,
  probes: count,
  per: z.enum(['workspace', 'host', 'route']),
  guards: z.array(text).max(few).exactOptional(),
})

const declared = z.looseObject({
  concurrency: count.exactOptional(),
  queue: count.exactOptional(),
  breaker: breaker.exactOptional(),
})

const threshold = z.looseObject({
  oracle: text,
  name: text,
  value: z.number(),
  unit,
  bound: z.enum(['at-most', 'at-least']),
  domain: z.enum(['client', 'incident']),
  source: z.enum(['scenario', 'promise', 'profile', 'config', 'nominal']),
  cite: text,
  expectation: count.exactOptional(),
})

const baseline = z.looseObject({
  operations: count,
  exchanges: count,
  exchangesPerOperation: byName(z.number().nonnegative()),
  peakSends: count,
  peakInFlight: count,
  loads: byName(
    z.looseObject({
      okShare: share,
      p99Ms: ms,
      askedP99Ms: ms.exactOptional(),
      usual: z.looseObject({ queued: share, stale: share }).exactOptional(),
    }),
  ),
})

const problem = z.looseObject({
  name: text,
  from: ms,
  until: ms,
  whose: z.enum(['theirs', 'ours']),
  cause: z.enum(causes),
  withinMs: ms,
})

const property = z.looseObject({
  name: text,
  type: z.enum(['always', 'sometimes']),
  outcome: z.enum(propertyOutcomes),
  load: text,
  phase: text.nullable(),
})

export const headerForm: z.ZodType<Header> = z.looseObject({
  format: z.literal(1),
  scenario: text,
  title: text,
  client: text,
  seed: text,
  profile: z.enum(['strict', 'default', 'lenient']),
  transport: z.enum(['virtual', 'loopback']),
  scale: z.number().positive(),
  floorMs: z.number().nonnegative().exactOptional(),
  https: z.literal(true).exactOptional(),
  startMs: epochMs,
  spanMs: ms,
  phases: z
    .array(z.looseObject({ name: text, at: ms }))
    .min(1)
    .max(few),
  firstFaultAt: ms.nullable(),
  lastLiftAt: ms.nullable(),
  intents: z.array(z.looseObject({ name: text, effect: z.enum(['read', 'write']) })).max(few),
  promises: byName(promise),
  declares: declared.default({}),
  expect: z.array(z.looseObject({ oracle: text, settings: byName(z.union([z.number(), text])) })).max(few),
  arming: z.looseObject({ faultHits: count, unansweredForMs: ms }),
  severity: z.enum(['P1', 'P2', 'P3', 'P4']),
  problems: z.array(problem).max(few),
  properties: z.array(property).max(few).default([]),
  thresholds: z.array(threshold).max(10_000),
  baseline: baseline.nullable(),
  notOffered: z.array(text).max(few).exactOptional(),
  services: z.looseObject({ redis: text }).exactOptional(),
})
