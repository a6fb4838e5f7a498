// Whoever is not the platform cannot make the client act.
//
// Verified: a notification whose signature is not the platform's (another secret's, none, or one of another body) is answered
// with an error, best with a 4xx, and never acted on. Under `strict` a 5xx, or a handler that throws, is no refusal.
// Not verified: how the signature is compared (timing); replays of genuine notifications, which are duplicates; deliveries to
// a process that was away, or that was not answered in time.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { notifications, type Delivery, type Notification } from '#history/notifications.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { timeOf } from './words.ts'

const name = 'forged-webhooks-refused'

const params = {
  believed: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a signature that is not checked protects nobody (X-Hub-Signature, HMAC-SHA1 of the raw body)',
  },
  broken: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 1_000_000, lenient: 1_000_000 },
    cite: 'a 5xx keeps a forger out too, but reads as a fault of the endpoint; only `strict` counts it',
  },
} as const satisfies Record<string, Param>

export const forgedWebhooksRefused = defineOracle({
  name,
  family: 'safety',
  verified: 'Forged notifications are answered with an error and never acted on.',
  notVerified: 'How signatures are compared, and replays of genuine notifications.',
  hint: 'Compute the HMAC of the raw body with the secret, compare it in constant time, and answer 401 before you parse.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const forged = notifications(history).filter((notification) => notification.forged)
    if (forged.length === 0) return { verdict: 'not-applicable', needs: 'forged notifications' }
    const { believed, broken } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    for (const notification of forged)
      for (const delivery of notification.deliveries) add(history, notification, delivery, believed, tally)
    const errors = forged.flatMap(({ deliveries }) => deliveries.filter(isError))
    const [first] = errors
    if (first)
      tally.compare(broken, errors.length, () => ({
        witness: [first.sent.seq, first.end?.seq],
        sentence: `${errors.length} forged notifications were met with an internal error instead of a refusal, the first at ${timeOf(history, first.sent.at)}.`,
      }))
    return tally.judgement({ unarmed: 'No forged notification reached the client.' })
  },
})

function add(
  history: History,
  { id, acts }: Notification,
  { sent, end }: Delivery,
  limit: Threshold,
  tally: Tally,
): void {
  const [act] = acts
  if (!act && (end === null || (end.kind === 'webhook.failed' && end.reason !== 'threw'))) return
  const status = end?.kind === 'webhook.answered' ? end.status : 500
  const answer = end?.kind === 'webhook.answered' ? `answered ${end.status}` : 'not answered'
  const done = act ? `, and acted on at ${timeOf(history, act.at)}` : ''
  tally.compare(limit, act || status < 400 ? 1 : 0, () => ({
    witness: [sent.seq, end?.seq, act?.seq],
    sentence: `The forged notification ${id} (${sent.topic}), sent ${timeOf(history, sent.at)}, was ${answer}${done}.`,
  }))
}

function isError({ end }: Delivery): boolean {
  if (end?.kind === 'webhook.failed') return end.reason === 'threw'
  return end?.kind === 'webhook.answered' && end.status >= 500
}
