// Tells of webhooks in the histories of tests.

import { parseDuration } from '#clock/instant.ts'
import type { EventOf } from '#history/event.ts'
import type { Story, Time } from './history-builder.ts'

export type Told = {
  readonly at: Time
  readonly id: string
  /** A status, or why there was no answer. */
  readonly answer: number | EventOf<'webhook.failed'>['reason'] | null
  readonly after?: number
  readonly forged?: boolean
  readonly topic?: string
  readonly attempt?: number
  readonly instance?: number
  readonly entity?: string
}

/** Sent, and answered after 10 ms. */
export function deliver(story: Story, delivery: number, told: Told): void {
  const { at, id, answer, after = 10, forged = false, topic = 'conversation.user.replied' } = told
  const { attempt = 1, instance = 0, entity } = told
  const sentAt = typeof at === 'number' ? at : (parseDuration(at) ?? 0)
  story.event(sentAt, {
    kind: 'webhook.sent',
    delivery,
    notification: id,
    topic,
    workspace: 'ours',
    instance,
    attempt,
    forged,
    ...(entity !== undefined && { entity }),
    lateMs: 0,
  })
  if (typeof answer === 'number') story.event(sentAt + after, { kind: 'webhook.answered', delivery, status: answer })
  else if (answer !== null) story.event(sentAt + after, { kind: 'webhook.failed', delivery, reason: answer })
}

export function act(story: Story, at: Time, notification: string): void {
  story.event(at, { kind: 'webhook.acted', notification, instance: 0 })
}

type Said = Partial<Omit<EventOf<'health.reported'>, 'kind' | 'seq' | 'at'>>

/** One report a minute in [from, until), each just after the client met a fault. */
export function report(story: Story, fromMs: number, untilMs: number, said: Said): void {
  for (let at = fromMs; at < untilMs; at += 60_000) {
    story.event(at, { kind: 'fault.hit', exchange: null, fault: 'fault', decision: 'condition', effect: 'none' })
    story.event(at, {
      kind: 'health.reported',
      instance: 0,
      status: 'ok',
      problem: null,
      cause: null,
      why: '',
      ...said,
    })
  }
}
