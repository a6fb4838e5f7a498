// `event.track`: something a customer did, told to Intercom. The name carries the business key, so that an event which is sent
// twice without its time is seen to be a duplicate; with its time, Intercom takes the two for one.

import type { InputOf, Intent } from '../../intent.ts'
import { refKey, withRef } from '../ref-token.ts'
import { content, idOf, isName } from './content.ts'
import { populationOf } from './population.ts'
import type { Populations } from './population.ts'

const names = ['exported-report', 'invited-colleague', 'placed-order', 'upgraded-plan', 'viewed-invoice'] as const

export function eventIntent(populations: Populations): Intent {
  return {
    name: 'event.track',
    effect: 'write',
    draw: (workspace, rank, nth, random, at) => {
      const population = populationOf(populations, workspace)
      const contact = population.contact(rank)
      const key = refKey(nth, random)
      const name = withRef(random.pick(names), key)
      const input = { contact, name, at: population.startSeconds + Math.floor(at / 1_000) }
      return { input, entity: `contact:${contact.id}`, key }
    },
    // The answer is empty: there is nothing to be wrong about.
    truth: () => undefined,
    content: content(['contact', 'name', 'at'], (workspace, input, entity) => {
      const { contact, name, at } = input as InputOf<'event.track'>
      const { dataEvents } = populationOf(populations, workspace).workspace
      const stored = dataEvents.versions(idOf('event', entity)).at(-1)?.value
      return (
        stored && {
          contact: stored.contactId === contact.id,
          name: isName(stored.name, name),
          at: stored.createdAt === at,
        }
      )
    }),
  }
}
