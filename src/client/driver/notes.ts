// What a driver says unasked: that it has done what a notification asked for, and how its properties stand.

import type { PropertyKind } from '#history/event.ts'
import type { WebhookCall } from '../client.ts'
import { propertyRegister, type PropertyRegister } from '../properties.ts'
import { isAbsent } from './answer.ts'
import type { Note } from './message.ts'

const kinds: readonly string[] = ['always', 'sometimes', 'reachable'] satisfies readonly PropertyKind[]

type Ears = {
  onNote(note: Note): void
  /** Where the next things done are told. */
  onActed(acted: WebhookCall['acted']): void
}

/** Throws for a note that makes no sense. */
export function hearNotes(): Ears {
  let tell: WebhookCall['acted'] | undefined
  const early: string[] = []
  const acted = (id: string): void => {
    if (tell) tell(id)
    else early.push(id)
  }
  return {
    onNote: (note) => {
      if (note.note === 'acted') acted(textIn(note, 'notification'))
      else if (note.note === 'property') seeProperty(note)
      else throw new TypeError('there is no such note; there are acted, property and log')
    },
    onActed: (next) => {
      tell = next
      for (const id of early.splice(0)) next(id)
    },
  }
}

function seeProperty(note: Note): void {
  const register = (globalThis as { [propertyRegister]?: PropertyRegister })[propertyRegister]
  const kind = textIn(note, 'type')
  if (!kinds.includes(kind)) throw new TypeError(`"type" must be one of ${kinds.join(', ')}`)
  const name = textIn(note, 'name')
  const { holds } = note
  if (isAbsent(holds)) register?.declare(kind as PropertyKind, name)
  else register?.see(kind as PropertyKind, name, Boolean(holds), note['details'])
}

function textIn(note: Note, field: string): string {
  const text = note[field]
  if (typeof text === 'string') return text
  throw new TypeError(`it needs a text in "${field}"`)
}
