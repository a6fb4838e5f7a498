// What a notification asks for is done, and done once, however often it is delivered.
//
// Verified: every genuine notification that the client answered with a 2xx is acted on soon after; none is acted on twice,
// even when it came again after hours or after a restart of the client. One that comes late is no replay and must be taken; one
// that was answered before it was stored is seen to be lost when the process dies.
// Not verified: what the client does; how soon it answers (`answers-notifications-promptly`); whether it finds out by itself
// what it was never told: that what it shows is no older than promised is for `honest-degradation`, and that a late notification
// does not undo a newer state for `never-goes-back`; topics on which it never acts at all, which are no business of its;
// notifications that it never accepted, and those whose time was not up when the run ended.

import { formatMeasured } from '#clock/instant.ts'
import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { accepted, notifications, type Notification } from '#history/notifications.ts'
import { endOf } from '#history/query.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { howMany, timeOf } from './words.ts'

const name = 'webhooks-acted-once'

const params = {
  acts: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 1, default: 1, lenient: 1 },
    cite: 'delivery is at least once, so the receiver must see to exactly once (Standard Webhooks)',
  },
  within: {
    unit: 'ms',
    domain: 'client',
    defaults: { strict: 300_000, default: 600_000, lenient: 3_600_000 },
    cite: 'what was answered with a 2xx is never sent again; ten minutes leave room for a queue and its retries',
  },
} as const satisfies Record<string, Param>

export const webhooksActedOnce = defineOracle({
  name,
  family: 'safety',
  verified: 'Every notification that was accepted is acted on soon, none twice, and no genuine one is refused.',
  notVerified: 'What is done about it, and topics on which the client never acts.',
  hint: 'Store the notification before you answer 2xx, and keep the ids of those done in a store that survives a restart.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const all = notifications(history).filter(({ forged }) => !forged)
    if (all.length === 0) return { verdict: 'not-applicable', needs: 'notifications, and a `webhook` that takes them' }
    const { acts, within } = thresholdsOf(history, name, params, number)
    const ownTopics = new Set(all.filter((one) => one.acts.length > 0).map(({ topic }) => topic))
    const tally = createTally()
    for (const notification of all) {
      if (!ownTopics.has(notification.topic)) continue
      addActs(history, notification, acts, tally)
      addDelay(history, notification, within, tally)
      addRefusal(history, notification, within, tally)
    }
    return tally.judgement({ unarmed: 'The client never said, with `call.acted(id)`, that it had acted on one.' })
  },
})

function addActs(history: History, notification: Notification, limit: Threshold, tally: Tally): void {
  const { acts, deliveries } = notification
  if (acts.length === 0) return
  tally.compare(limit, acts.length, () => ({
    witness: [...deliveries.slice(0, 3).map(({ sent }) => sent.seq), ...acts.slice(0, 2).map(({ seq }) => seq)],
    sentence: `${nameOf(notification)} was delivered ${howOften(deliveries.length)} and acted on ${howOften(acts.length)}: ${acts.map(({ at }) => timeOf(history, at)).join(', ')}.`,
  }))
}

function addDelay(history: History, notification: Notification, limit: Threshold, tally: Tally): void {
  const good = accepted(notification)
  if (!good) return
  const [first] = notification.acts
  const endAt = endOf(history)
  if (!first && endAt - good.at <= limit.value) return
  const delayMs = (first?.at ?? endAt) - good.at
  const taken = `${nameOf(notification)} was answered ${good.status} at ${timeOf(history, good.at)}`
  tally.compare(limit, delayMs, () => ({
    witness: [...notification.deliveries.slice(0, 1).map(({ sent }) => sent.seq), good.seq, first?.seq],
    sentence: first
      ? `${taken} and acted on ${formatMeasured(delayMs)} later; ${formatMeasured(limit.value)} is the limit.`
      : `${taken} and had not been acted on ${formatMeasured(delayMs)} later, when the run ended.`,
  }))
}

/** What is signed and true is refused for good: the platform will not tell it again. 408, 425 and 429 only ask for later,
 * and 410 ends a subscription. */
function addRefusal(history: History, notification: Notification, limit: Threshold, tally: Tally): void {
  if (notification.acts.length > 0 || accepted(notification)) return
  const refusal = notification.deliveries.find(({ end }) => end?.kind === 'webhook.answered' && refuses(end.status))
  if (refusal?.end?.kind !== 'webhook.answered') return
  const { status, at, seq } = refusal.end
  tally.compare(limit, Math.max(limit.value + 1, endOf(history) - at), () => ({
    witness: [refusal.sent.seq, seq],
    sentence: `${nameOf(notification)} was genuine, was answered ${status} at ${timeOf(history, at)}, and was never acted on.`,
  }))
}

function refuses(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 410, 425, 429].includes(status)
}

function nameOf({ id, topic }: Notification): string {
  return `the notification ${id} (${topic})`
}

function howOften(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : howMany(count, 'time')
}
