// A driver gets its world, and becomes a client. What goes wrong until then is what `create` throws; later it is an event of its own.

import { currentOwner, runAs } from '#context/owner.ts'
import type { ClientWorld } from '../client.ts'
import { returnedBy } from './answer.ts'
import type { Conversation } from './conversation.ts'
import type { WorldOfDriver } from './message.ts'
import { hearNotes } from './notes.ts'
import { proxyOf, traceparent, type ShownFields } from './proxy.ts'
import { assign, ownHousehold } from './roster.ts'

/** Hears why a driver failed, on behalf of the instance that it was. */
export type Raise = (why: Error) => void

/** Where a store keeps the name of its directory, or of what stands for it. */
const storeKey = 'brownout directory'

export async function beginClient(
  talk: Conversation,
  world: ClientWorld,
  shown: ShownFields,
  raise: Raise,
): Promise<object> {
  const owner = currentOwner()
  assign(talk, world.instance, owner?.life)
  const answer = await talk.ask({ do: 'create', world: told(talk, world) })
  const offered = returnedBy(answer)
  const { onNote, onActed } = hearNotes()
  const raiseHere = (why: Error): void => (owner ? runAs(owner, () => raise(why)) : raise(why))
  talk.begin({ owner, raise: raiseHere, onNote })
  return proxyOf(talk, offered, { shown, onActed })
}

/** What its last life has left behind, if it had one. */
export function storeOf({ store }: ClientWorld): string | undefined {
  const known = store.get(storeKey)
  return typeof known === 'string' ? known : undefined
}

function told(talk: Conversation, world: ClientWorld): WorldOfDriver {
  const { url, token, workspaces, apis, statusPage, graph, webhookSecret, instance, services, ca } = world
  const name = talk.store?.name ?? storeOf(world) ?? ownHousehold().makeStore()
  world.store.set(storeKey, name)
  const own = {
    storeDirectory: talk.store?.directory ?? name,
    traceparent: traceparent(instance),
    ...(ca !== undefined && { ca }),
  }
  return { url, token, workspaces, apis, statusPage, graph, webhookSecret, instance, services, ...own }
}
