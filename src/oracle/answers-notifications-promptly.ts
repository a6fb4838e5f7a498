// Whoever sends a notification is told soon that it has arrived.
//
// Verified: deliveries of genuine notifications: the share that is not answered within the platform's limit; the share of
// notifications that are refused, although nothing is wrong with them, or are met with a handler that throws; topics of which
// not one notification was ever taken, which is what becomes of those the client does not know; and a 410, which ends the
// subscription. To refuse the first delivery with 429, 502, 503 or 504 is in order: what cannot be stored must come again.
// Not verified: whether it was stored before it was answered, which `webhooks-acted-once` sees after a restart; deliveries to a
// process that was away or frozen; forged ones.

import { formatDuration } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { wasFrozen } from '#history/pauses.ts'
import { accepted, notifications, type Delivery, type Notification } from '#history/notifications.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { howMany, timeOf } from './words.ts'

const name = 'answers-notifications-promptly'

const params = {
  within: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 2_500, default: 5_000, lenient: 5_000 },
    cite: 'Intercom gives an endpoint five seconds, as a catalogue of its pages says; others give 15 to 30 (Standard Webhooks)',
  },
  late: {
    unit: 'share',
    domain: 'client',
    defaults: { strict: 0.01, default: 0.02, lenient: 0.1 },
    cite: 'what is late is sent again; a few in a hundred may be an accident',
  },
  refused: {
    unit: 'share',
    domain: 'client',
    defaults: { strict: 0.01, default: 0.02, lenient: 0.1 },
    cite: 'a genuine notification is taken, whatever it tells',
  },
  unknown: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'an error for a topic that is not known brings it back for ever, and pauses it in the end',
  },
  gone: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: '410 ends the subscription',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 10, default: 10, lenient: 10 },
    cite: 'a share of fewer says little',
  },
  topic: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 3, default: 3, lenient: 3 },
    cite: 'three refusals in a row are no accident',
  },
} as const satisfies Record<string, Param>

type Told = { readonly of: Notification; readonly delivery: Delivery }

export const answersNotificationsPromptly = defineOracle({
  name,
  family: 'safety',
  verified: 'Genuine notifications are answered in time, none is refused without reason, and no topic is.',
  notVerified: 'Whether it was stored before it was answered.',
  hint: 'Check the signature, store the notification, answer 200 at once, and do the work afterwards; answer 200 to topics you do not know.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const genuine = notifications(history).filter(({ forged }) => !forged)
    if (genuine.length === 0)
      return { verdict: 'not-applicable', needs: 'notifications, and a `webhook` that takes them' }
    const limits = thresholdsOf(history, name, params, number)
    const all = genuine.flatMap((of) => of.deliveries.map((delivery) => ({ of, delivery })))
    const heard = all.filter(({ delivery }) => wasHeard(history, delivery))
    const tally = createTally()
    if (heard.length >= number.samples) {
      addLate(history, heard, limits, tally)
      addRefused(history, genuine, limits.refused, tally)
    }
    addGone(history, heard, limits.gone, tally)
    for (const topic of Map.groupBy(genuine, (one) => one.topic).values())
      if (topic.length >= number.topic) addTopic(history, topic, limits.unknown, tally)
    return tally.judgement({
      unarmed: 'No notification reached the client.',
      armed: heard.length,
      samples: number.samples,
    })
  },
})

/** The process was there and ran, and the run did not end meanwhile. */
function wasHeard(history: History, { sent, end }: Delivery): boolean {
  if (end === null || (end.kind === 'webhook.failed' && end.reason === 'down')) return false
  return !wasFrozen(history, sent.instance, sent.at, end.at)
}

function statusOf({ end }: Delivery): number | null {
  if (end?.kind === 'webhook.answered') return end.status
  return end?.kind === 'webhook.failed' && end.reason === 'threw' ? 500 : null
}

function addLate(
  history: History,
  heard: readonly Told[],
  { late, within }: { readonly late: Threshold; readonly within: Threshold },
  tally: Tally,
): void {
  const slow = heard.filter(
    ({ delivery: { sent, end } }) =>
      end !== null && ((end.kind === 'webhook.failed' && end.reason === 'timeout') || end.at - sent.at > within.value),
  )
  tally.compare(late, slow.length / heard.length, () => {
    const [first] = slow
    const delivery = first?.delivery
    return {
      witness: slow.slice(0, 3).flatMap((told) => [told.delivery.sent.seq, told.delivery.end?.seq]),
      sentence: `${slow.length} of ${howMany(heard.length, 'delivery').replace(/ys$/u, 'ies')} were not answered within ${formatDuration(within.value)}; ${nameOf(first?.of)}, sent ${timeOf(history, delivery?.sent.at ?? 0)}, was ${delivery?.end?.kind === 'webhook.answered' ? `answered ${delivery.end.status} at ${timeOf(history, delivery.end.at)}` : 'never answered'}: the platform takes that for a failure and sends it again.`,
    }
  })
}

/** Never taken, and answered in a way that a platform can only read as an error. */
function addRefused(history: History, genuine: readonly Notification[], limit: Threshold, tally: Tally): void {
  const refused = genuine.flatMap((of) => {
    const delivery = accepted(of) ? undefined : of.deliveries.find(refuses)
    return delivery ? [{ of, delivery }] : []
  })
  tally.compare(limit, refused.length / genuine.length, () => ({
    witness: refused.slice(0, 3).flatMap((told) => [told.delivery.sent.seq, told.delivery.end?.seq]),
    sentence: `${refused.length} of ${howMany(genuine.length, 'genuine notification')} were never taken, for instance ${example(history, refused[0])}.`,
  }))
}

const overload: ReadonlySet<number> = new Set([429, 502, 503, 504])

/** Overload is a reason to come again, once. */
function refuses(delivery: Delivery): boolean {
  const status = statusOf(delivery)
  if (status === null || status < 300) return false
  return delivery.sent.attempt > 1 || !overload.has(status)
}

function addTopic(history: History, topic: readonly Notification[], limit: Threshold, tally: Tally): void {
  const met = topic.flatMap((of) =>
    of.deliveries.filter((each) => statusOf(each) !== null).map((delivery) => ({ of, delivery })),
  )
  const [first] = met
  if (!first) return
  const isUnknown = met.every(({ delivery }) => refuses(delivery) && !overload.has(statusOf(delivery) ?? 0))
  tally.compare(limit, isUnknown ? 1 : 0, () => ({
    witness: met.slice(0, 4).flatMap((told) => [told.delivery.sent.seq, told.delivery.end?.seq]),
    sentence: `None of ${howMany(topic.length, 'notification')} of the topic ${first.of.topic} was ever taken in ${howMany(met.length, 'delivery').replace(/ys$/u, 'ies')}, for instance ${example(history, first)}: the platform sends them again, and pauses the topic in the end.`,
  }))
}

function addGone(history: History, heard: readonly Told[], limit: Threshold, tally: Tally): void {
  const gone = heard.filter(({ delivery }) => statusOf(delivery) === 410)
  if (gone.length === 0) return
  tally.compare(limit, gone.length, () => ({
    witness: gone.slice(0, 3).flatMap((told) => [told.delivery.sent.seq, told.delivery.end?.seq]),
    sentence: `The client answered 410 to ${example(history, gone[0])}; 410 tells the platform that the endpoint is gone, and ends the subscription.`,
  }))
}

function example(history: History, told: Told | undefined): string {
  if (!told) return ''
  const status = statusOf(told.delivery)
  return `${nameOf(told.of)}, sent ${timeOf(history, told.delivery.sent.at)} and answered ${status}`
}

function nameOf(of: Notification | undefined): string {
  return `${of?.id} (${of?.topic})`
}
