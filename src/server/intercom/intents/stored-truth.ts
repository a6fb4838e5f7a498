// What a client showed of one thing, compared with what the Store ever held under its id. For things that have nothing
// personal in them; contacts and conversations look closer.

import type { Truth } from '#history/event.ts'
import { compareWithStore } from '../../compare.ts'
import type { Fields } from '../../compare.ts'
import type { Store } from '../../store.ts'
import { apiNamed, isErrorBody } from './shown.ts'

/** `asked` is the id asked for; without one, the value itself says what it shows. */
export function storedTruth<T>(
  store: Store<T>,
  asked: string | undefined,
  value: Fields,
  fieldsOf: (value: T) => Fields,
): Truth | undefined {
  const shown = apiNamed(value)
  const claimed = idOf(shown)
  const id = asked ?? claimed
  if (id === undefined) return undefined
  const current = store.current(id)?.number ?? 0
  const lie = { entity: store.entity(id), matched: null, current, foreign: false }
  if (current === 0) return { ...lie, invented: ['id'] }
  if (isErrorBody(value)) return { ...lie, invented: ['errors'] }
  const truth = compareWithStore(store, id, shown, fieldsOf)
  return truth && { ...truth, foreign: claimed !== undefined && claimed !== id && store.has(claimed) }
}

function idOf({ id }: Fields): string | undefined {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}
