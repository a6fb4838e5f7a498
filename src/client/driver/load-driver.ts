// A client that is a program of any language, as a definition like every other: `create` starts a process of it, and what that
// returns passes every question on. The process that said hello becomes the first instance.

import { currentOwner, runAs } from '#context/owner.ts'
import { UserError } from '#context/user-error.ts'
import { definitionOf } from '../check-client.ts'
import { defineClient, type ClientDefinition, type ClientWorld } from '../client.ts'
import type { DriverLocation } from '../resolve-client.ts'
import { returnedBy } from './answer.ts'
import type { Conversation } from './conversation.ts'
import { greet, type Greeted } from './greet.ts'
import type { WorldOfDriver } from './message.ts'
import { hearNotes } from './notes.ts'
import { proxyOf, traceparent, type ShownFields } from './proxy.ts'
import { assign, ownHousehold } from './roster.ts'

/** Where a store keeps the name of its directory. */
const storeKey = 'brownout directory'
const { queueMicrotask: soon } = globalThis

/** Hears why a driver failed while nobody waits for it to start or to close. */
type Raise = (why: Error) => void

/** As code of a client in process would: where the process of the cell sees it. */
const throwLate: Raise = (why) =>
  soon(() => {
    throw why
  })

export async function loadDriver(location: DriverLocation, raise: Raise = throwLate): Promise<ClientDefinition> {
  const first = await greet(location)
  const { name, promises, declares, shows } = first.facts
  let spare: Greeted | undefined = first
  const shown: ShownFields = new WeakMap()
  const take = async (): Promise<Conversation> => {
    const ready = spare && !spare.talk.end() ? spare : await greet(location)
    spare = undefined
    return ready.talk
  }
  const definition = definitionOf(
    defineClient({
      name,
      promises,
      ...(declares !== undefined && declares !== null && { declares }),
      ...(shows === true && { shows: (value: unknown) => shown.get(value as object) }),
      create: async (world: ClientWorld) => begin(await take(), world, shown, raise),
    } as never),
  )
  if ('create' in definition) return definition
  throw new UserError(`The client that the driver ${location.name} drives is not usable. ${definition.join(' ')}`, {
    hint: 'Its answer to hello is { "value": { "protocol": 1, "name": ..., "promises": ... } }.',
  })
}

/** What goes wrong from here on is told as it is told of clients in process: by what `create` throws, and then by a late throw. */
async function begin(talk: Conversation, world: ClientWorld, shown: ShownFields, raise: Raise): Promise<object> {
  const owner = currentOwner()
  assign(talk, world.instance, owner?.life)
  const answer = await talk.ask({ do: 'create', world: told(world) })
  const offered = returnedBy(answer)
  const { onNote, onActed } = hearNotes()
  const raiseHere = (why: Error): void => (owner ? runAs(owner, () => raise(why)) : raise(why))
  talk.begin({ owner, raise: raiseHere, onNote })
  return proxyOf(talk, offered, { shown, onActed })
}

function told({
  store,
  url,
  token,
  workspaces,
  statusPage,
  graph,
  webhookSecret,
  instance,
}: ClientWorld): WorldOfDriver {
  const known = store.get(storeKey)
  const storeDirectory = typeof known === 'string' ? known : ownHousehold().makeStore()
  store.set(storeKey, storeDirectory)
  const own = { storeDirectory, traceparent: traceparent(instance) }
  return { url, token, workspaces, statusPage, graph, webhookSecret, instance, ...own }
}
