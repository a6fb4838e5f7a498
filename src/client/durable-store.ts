// The store that survives a restart of the client. Values are copied on the way in and on the way out, as a database would
// copy them: a client that changes a value it has stored has not stored the change.

import { plainCopy } from '#context/plain-copy.ts'
import type { DurableStore } from './client.ts'

export function createDurableStore(): DurableStore {
  const values = new Map<string, unknown>()
  return {
    get: (key) => plainCopy(values.get(key)),
    set: (key, value) => void values.set(key, plainCopy(value)),
    delete: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  }
}

/** The same store for one process: once that is over, it changes nothing any more. */
export function storeOf(store: DurableStore, isOver: () => boolean): DurableStore {
  return {
    ...store,
    set: (key, value) => {
      if (!isOver()) store.set(key, value)
    },
    delete: (key) => {
      if (!isOver()) store.delete(key)
    },
  }
}
