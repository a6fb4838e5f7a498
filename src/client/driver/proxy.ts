// What `create` returns for a driver: each function asks it. What it offers besides operations it says in its answer to `create`.

import { limits } from '#context/limits.ts'
import { currentOwner } from '#context/owner.ts'
import { traceparentOf } from '#context/trace.ts'
import { withinReal } from '#clock/real-wait.ts'
import type { Call, WebhookCall, WebhookRequest } from '../client.ts'
import { isAbsent, returnedBy } from './answer.ts'
import type { Conversation } from './conversation.ts'
import { isRecord, type Question } from './message.ts'
import { DriverGone } from './protocol-error.ts'

/** The fields of view models, by the values that they belong to. */
export type ShownFields = WeakMap<object, Readonly<Record<string, unknown>>>

type Around = { readonly shown: ShownFields; readonly onActed: (acted: WebhookCall['acted']) => void }

const optional = ['webhook', 'health', 'drain', 'close'] as const

export function proxyOf(talk: Conversation, offered: unknown, around: Around): object {
  if (!isRecord(offered))
    throw new TypeError(
      'a driver answers create with an object: { "operations": [...], "actions": [...], "offers": [...] }',
    )
  const operations = wordsIn(offered, 'operations').map((name) => [name, operation(talk, name, around)] as const)
  const actions = wordsIn(offered, 'actions').map((name) => [name, action(talk, name)] as const)
  const offers = wordsIn(offered, 'offers')
  const wrong = offers.find((word) => !optional.some((known) => known === word))
  if (wrong !== undefined)
    throw new TypeError(`a driver cannot offer "${wrong.slice(0, 40)}"; it may offer ${optional.join(', ')}`)
  const parts = {
    webhook: webhook(talk, around),
    health: () => plain(talk, { do: 'health', traceparent: traceparent() }),
    drain: () => plain(talk, { do: 'drain', traceparent: traceparent() }),
    close: () => close(talk),
  }
  return {
    operations: Object.fromEntries(operations),
    ...(actions.length > 0 && { actions: Object.fromEntries(actions) }),
    ...Object.fromEntries(optional.filter((part) => offers.includes(part)).map((part) => [part, parts[part]] as const)),
  }
}

function wordsIn(offered: Readonly<Record<string, unknown>>, field: string): readonly string[] {
  const words = offered[field]
  if (isAbsent(words)) return []
  if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words
  throw new TypeError(`"${field}" of the answer to create must be a list of names`)
}

function operation(talk: Conversation, name: string, { shown }: Around) {
  return async (input: unknown, { workspace, signal }: Call): Promise<unknown> => {
    const answer = await talk.ask(
      { do: 'invoke', operation: name, input, workspace, traceparent: traceparent() },
      signal,
    )
    const { value } = answer
    if (isRecord(value) && isRecord(answer.shown)) shown.set(value, answer.shown)
    return returnedBy(answer)
  }
}

function webhook(talk: Conversation, { onActed }: Around) {
  return async (request: WebhookRequest, call: WebhookCall): Promise<unknown> => {
    onActed((id) => call.acted(id))
    return returnedBy(await talk.ask({ do: 'webhook', request, traceparent: traceparent() }, call.signal)) ?? undefined
  }
}

function action(talk: Conversation, name: string) {
  return ({ workspace }: { readonly workspace: string }): Promise<unknown> =>
    plain(talk, { do: 'action', action: name, workspace, traceparent: traceparent() })
}

async function plain(talk: Conversation, question: Question): Promise<unknown> {
  return returnedBy(await talk.ask(question))
}

/** What was under way may still finish. Otherwise the process must end by itself: one that does not has left something running. */
async function close(talk: Conversation): Promise<void> {
  talk.expectEnd()
  const seconds = limits.driverCloseMs / 1_000
  const how = await withinReal(limits.driverCloseMs, () => goodbye(talk))
  if (how === 'overdue') throw new Error(`the driver did not answer close within ${seconds} s`)
  if (talk.isBusy()) return talk.leaveWhenIdle()
  if ((await talk.leave()) === 'overdue')
    throw new Error(`the process was still there ${limits.driverExitMs / 1_000} s after it had answered close`)
}

async function goodbye(talk: Conversation): Promise<void> {
  try {
    await plain(talk, { do: 'close', traceparent: traceparent() })
  } catch (error) {
    // Whoever ends well instead of answering is closed, too.
    if (!(error instanceof DriverGone && error.isOrderly)) throw error
  }
}

/** Whose work the question is, for the requests that it leads to. */
export function traceparent(instance = 0): string {
  const owner = currentOwner()
  return traceparentOf(owner ?? { instance, operation: null })
}
