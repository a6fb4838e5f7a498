// Clients that do to their process what a client must not. Each is healthy until the API does not answer it, or, for those
// that are terrible from the start, until its tenth read.

import { defineClient, type ClientDefinition } from 'brownout'

type Contact = { contact: { id: string } }

/** Reads a contact; when that fails, does something terrible. */
export function terribleInSilence(name: string, terrible: () => unknown): ClientDefinition {
  return reader(name, async (read) => {
    try {
      return await read()
    } catch (error) {
      await terrible()
      throw error
    }
  })
}

/** Reads a contact; from the tenth on, does something terrible although nothing is wrong. */
export function terribleAfterTen(name: string, terrible: () => unknown): ClientDefinition {
  let reads = 0
  return reader(name, async (read) => {
    const value = await read()
    reads += 1
    if (reads > 10) await terrible()
    return value
  })
}

function reader(name: string, around: (read: () => Promise<unknown>) => Promise<unknown>): ClientDefinition {
  return defineClient({
    name,
    promises: { 'contact.read': { within: '10s', degrade: ['error'] } },
    create(world) {
      return {
        operations: {
          'contact.read': ({ contact }: Contact, call) =>
            around(async () => {
              const access = world.workspaces[call.workspace]
              const response = await fetch(`${access?.url}/contacts/${contact.id}`, {
                headers: { authorization: `Bearer ${access?.token}` },
                signal: AbortSignal.any([call.signal, AbortSignal.timeout(5_000)]),
              })
              return await response.json()
            }),
        },
      }
    },
  }) as ClientDefinition
}
