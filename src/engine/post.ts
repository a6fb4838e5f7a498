// Delivers the platform's notifications to the client's endpoint, as the delivery policy and the faults want it, and hears
// what the client says. What would be delivered after the end of the run never is.

import { runAs, type Owner } from '#context/owner.ts'
import type { WebhookRequest } from '#client/client.ts'
import type { Clock } from '#clock/clock.ts'
import type { EventOf } from '#history/event.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Prng } from '#random/prng.ts'
import type { Composer, Notification, WebhookMessage } from '#server/webhooks/compose.ts'
import { createDeliveryPolicy, type DeliveryPolicy } from '#server/webhooks/delivery-policy.ts'
import { shortened } from './error-facts.ts'
import type { Alive, Instance } from './instance.ts'
import { within, type Answer } from './within.ts'

type Parts = {
  readonly clock: Clock
  readonly recorder: Recorder
  readonly random: Prng
  readonly spanMs: number
  readonly composer: Composer
  readonly instances: readonly Instance[]
}

/** One notification on its way to one process. A second copy is a letter of its own. */
type Letter = {
  readonly notification: Notification
  readonly workspace: string
  readonly instance: Instance
  /** Names the streams of randomness of its deliveries. */
  readonly name: readonly (string | number)[]
}
/** Somebody else's, with an id of its own: sent once, and of no consequence for the platform. */
type Forgery = { readonly id: string; readonly message: WebhookMessage }
type Try = { readonly attempt: number; readonly firstSentAt: number }
type Result =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'failed'; readonly reason: EventOf<'webhook.failed'>['reason'] }

export class Post {
  readonly #parts: Parts
  readonly #policies = new Map<string, DeliveryPolicy>()
  #deliveries = 0
  #underWay = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Whether there was such a delivery. */
  knows(delivery: number): boolean {
    return delivery >= 1 && delivery <= this.#deliveries
  }

  /** An endpoint is working on something. */
  busy(): boolean {
    return this.#underWay > 0
  }

  /** Sends at `at`, and again as the policy says. */
  send(letter: Letter, at: number): void {
    this.#later(at, () => this.#try(letter, 1, at))
  }

  forge(letter: Letter, forgery: Forgery, at: number): void {
    this.#later(at, () => {
      this.#deliver(letter, { attempt: 1, firstSentAt: at }, forgery)
    })
  }

  #later(at: number, work: () => void): void {
    const { clock, spanMs } = this.#parts
    if (at <= clock.now()) work()
    else if (at < spanMs) clock.schedule(at, work)
  }

  #try(letter: Letter, attempt: number, firstSentAt: number): void {
    const { clock } = this.#parts
    const { topic } = letter.notification.notice
    const readyAt = this.#policyOf(letter.workspace).readyAt(topic, clock.now())
    if (readyAt === null) return
    if (readyAt > clock.now())
      this.#later(readyAt, () => this.#try(letter, attempt, attempt === 1 ? readyAt : firstSentAt))
    else
      void this.#deliver(letter, { attempt, firstSentAt })?.then((result) =>
        this.#settle(letter, { attempt, firstSentAt }, result),
      )
  }

  #settle(letter: Letter, { attempt, firstSentAt }: Try, result: Result): void {
    const { clock, recorder } = this.#parts
    const { workspace, notification } = letter
    const { topic } = notification.notice
    // A handler that throws is a 500 on the wire.
    const status = result.kind === 'answered' ? result.status : result.reason === 'threw' ? 500 : null
    const next = this.#policyOf(workspace).onResult(topic, clock.now(), { attempt, status })
    if (next.pausedUntil !== undefined)
      recorder.record({ kind: 'webhook.paused', workspace, topic, untilMs: next.pausedUntil })
    if (next.retryAt !== undefined) this.#later(next.retryAt, () => this.#try(letter, attempt + 1, firstSentAt))
  }

  #deliver(letter: Letter, trial: Try, forgery?: Forgery): Promise<Result> {
    const { clock, recorder, composer } = this.#parts
    const { notification, workspace, instance } = letter
    const { topic, entity } = notification.notice
    this.#deliveries += 1
    const delivery = this.#deliveries
    recorder.record({
      kind: 'webhook.sent',
      delivery,
      notification: forgery?.id ?? notification.id,
      topic,
      workspace,
      instance: instance.index,
      attempt: trial.attempt,
      forged: forgery !== undefined,
      ...(entity !== undefined && !forgery && { entity }),
      lateMs: Math.round(clock.now() - notification.happenedAt),
    })
    const { headers, body } = forgery?.message ?? composer.message(notification, trial)
    this.#underWay += 1
    return this.#ask(letter, { method: 'POST', headers, body, workspace }, delivery).then((result) => {
      this.#underWay -= 1
      if (result.kind === 'answered') recorder.record({ kind: 'webhook.answered', delivery, status: result.status })
      else recorder.record({ kind: 'webhook.failed', delivery, reason: result.reason })
      return result
    })
  }

  async #ask({ instance, workspace, name }: Letter, request: WebhookRequest, delivery: number): Promise<Result> {
    const { clock } = this.#parts
    const { alive } = instance
    const background = instance.background('webhook', ...name, delivery)
    const webhook = alive?.client.webhook
    if (!alive || !background || !webhook) return { kind: 'failed', reason: 'down' }
    const owner: Owner = { ...background, workspace, delivery }
    const controller = new AbortController()
    const call = {
      signal: controller.signal,
      acted: (notification: string) => this.#acted(alive, instance.index, notification),
      resume: <T>(work: () => T): T => runAs(owner, work),
    }
    const { timeoutMs } = this.#policyOf(workspace).parameters
    const answer = await within(clock, timeoutMs, owner, () => webhook.call(alive.client, request, call))
    if (answer.kind === 'overdue' && !alive.life.over) runAs(owner, () => controller.abort())
    return alive.life.over ? { kind: 'failed', reason: 'down' } : resultOf(answer)
  }

  /** The client may say so at any time, for as long as its process lives. */
  #acted({ life }: Alive, instance: number, notification: unknown): void {
    if (life.over) return
    this.#parts.recorder.record({ kind: 'webhook.acted', notification: shortened(String(notification)), instance })
  }

  #policyOf(workspace: string): DeliveryPolicy {
    const known = this.#policies.get(workspace) ?? createDeliveryPolicy()
    this.#policies.set(workspace, known)
    return known
  }
}

function resultOf(answer: Answer): Result {
  if (answer.kind === 'overdue') return { kind: 'failed', reason: 'timeout' }
  if (answer.kind === 'failed') return { kind: 'failed', reason: 'threw' }
  try {
    const { value } = answer
    const status = typeof value === 'object' && value !== null && 'status' in value ? value.status : 200
    return { kind: 'answered', status: isStatus(status) ? status : 500 }
  } catch {
    return { kind: 'failed', reason: 'threw' }
  }
}

/** What no server could send is answered as a server would: with a 500. */
function isStatus(status: unknown): status is number {
  return Number.isInteger(status) && (status as number) >= 100 && (status as number) <= 599
}
