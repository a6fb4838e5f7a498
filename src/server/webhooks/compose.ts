// Makes the messages of a notification: the envelope that the platform sends, its signature, and those that somebody else
// would send in its name.

import { createHmac } from 'node:crypto'
import type { Prng } from '#random/prng.ts'
import { uuid } from '../intercom/identifiers.ts'
import type { Notice } from './notice.ts'

export type Forgery = 'wrong' | 'missing' | 'of-another-body'

/** The same notification in each of its deliveries. */
export type Notification = {
  /** `notif_<uuid>`. */
  readonly id: string
  readonly notice: Notice
  /** When it happened, ms since the run's start. */
  readonly happenedAt: number
}

export type WebhookMessage = {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Composer {
  /** Gives a notice its id: from `random`, a stream of this one notification. */
  notify(notice: Notice, happenedAt: number, random: Prng): Notification
  /** `attempt` is 1 for the first delivery; `firstSentAt` is when that was. Signed with the app's secret. */
  message(notification: Notification, delivery: Delivery): WebhookMessage
  /** A message that somebody without the secret made up: it tells of what never happened, under an id of its own. */
  forged(notification: Notification, delivery: Delivery, signature: Forgery, random: Prng): WebhookMessage
}

/** Times are ms since the run's start. */
type Delivery = { readonly attempt: number; readonly firstSentAt: number }

export type ComposerOptions = { readonly startMs: number; readonly secret: string }

export function createComposer(options: ComposerOptions): Composer {
  const { startMs, secret } = options
  const bodyOf = (notification: Notification, delivery: Delivery): string =>
    JSON.stringify(envelopeOf(notification, delivery, startMs))
  return {
    notify: (notice, happenedAt, random) => ({ id: newId(random), notice, happenedAt }),
    message: (notification, delivery) => {
      const body = bodyOf(notification, delivery)
      return { headers: headersWith(signatureOf(body, secret)), body }
    },
    forged: (notification, delivery, signature, random) => {
      const body = bodyOf({ ...notification, id: newId(random) }, delivery)
      return { headers: headersWith(forgedSignature(signature, body, bodyOf(notification, delivery), secret)), body }
    },
  }
}

/** HMAC-SHA1 of the body's bytes, as GitHub and Intercom write it. */
export function signatureOf(body: string, secret: string): string {
  return `sha1=${createHmac('sha1', secret).update(body, 'utf8').digest('hex')}`
}

function forgedSignature(kind: Forgery, body: string, other: string, secret: string): string | undefined {
  if (kind === 'missing') return undefined
  // Somebody listened and pasted the signature of a genuine notification onto their own.
  if (kind === 'of-another-body') return signatureOf(other, secret)
  return signatureOf(body, `not ${secret}`)
}

function headersWith(signature: string | undefined): WebhookMessage['headers'] {
  return {
    'content-type': 'application/json; charset=utf-8',
    accept: '*/*',
    'user-agent': 'intercom-parrot-service-client/1.0',
    ...(signature === undefined ? {} : { 'x-hub-signature': signature }),
  }
}

function envelopeOf({ id, notice, happenedAt }: Notification, delivery: Delivery, startMs: number) {
  const seconds = (at: number): number => Math.floor((startMs + at) / 1_000)
  const isPing = notice.topic === 'ping'
  return {
    type: 'notification_event',
    app_id: notice.appId,
    data: { type: 'notification_event_data', item: notice.item },
    links: {},
    id: isPing ? null : id,
    topic: notice.topic,
    delivery_status: isPing ? null : delivery.attempt === 1 ? 'pending' : 'retry',
    delivery_attempts: delivery.attempt,
    delivered_at: 0,
    first_sent_at: seconds(delivery.firstSentAt),
    created_at: seconds(happenedAt),
    self: null,
  }
}

function newId(random: Prng): string {
  return `notif_${uuid(random)}`
}
