// A client that is a program of any language, as a definition like every other: `create` starts a process of it, and what that
// returns passes every question on. The process that said hello becomes the first instance.

import { UserError } from '#context/user-error.ts'
import { definitionOf } from '../check-client.ts'
import { defineClient, type ClientDefinition, type ClientWorld } from '../client.ts'
import type { DriverLocation } from '../resolve-client.ts'
import { isAbsent } from './answer.ts'
import { beginClient, storeOf, type Raise } from './begin-client.ts'
import type { Conversation } from './conversation.ts'
import { greet, type Greeted } from './greet.ts'
import type { ShownFields } from './proxy.ts'

const { queueMicrotask: soon } = globalThis

/** As code of a client in process would: where the process of the cell sees it. */
const throwLate: Raise = (why) =>
  soon(() => {
    throw why
  })

/** `raise` hears why a driver failed while nobody waited for it to start or to close. */
export async function loadDriver(location: DriverLocation, raise: Raise = throwLate): Promise<ClientDefinition> {
  const first = await greet(location)
  let spare: Greeted | undefined = first
  const shown: ShownFields = new WeakMap()
  const take = async (store: string | undefined): Promise<Conversation> => {
    const ready = spare && !spare.talk.end() ? spare : await greet(location, { store })
    spare = undefined
    return ready.talk
  }
  const begin = async (world: ClientWorld) => beginClient(await take(storeOf(world)), world, shown, raise)
  return definitionFrom(location, first.facts, shown, begin)
}

/** Throws UserError. `facts` are what the driver said of itself. */
export function definitionFrom(
  location: DriverLocation,
  { name, promises, declares, shows }: Greeted['facts'],
  shown: ShownFields,
  create: (world: ClientWorld) => unknown,
): ClientDefinition {
  const written = {
    name,
    promises,
    ...(!isAbsent(declares) && { declares }),
    ...(location.services && { services: location.services }),
    ...(shows === true && { shows: (value: unknown) => shown.get(value as object) }),
    create,
  }
  const definition = definitionOf(defineClient(written as never))
  if ('create' in definition) return definition
  throw new UserError(`The client that the driver ${location.name} drives is not usable. ${definition.join(' ')}`, {
    hint: 'Its answer to hello is { "value": { "protocol": 1, "name": ..., "promises": ... } }.',
  })
}
