// The intents about contacts. The business key of a write is the customer's external id.

import type { Prng } from '#random/prng.ts'
import type { Ask, ContactRef, Content, InputOf, Intent } from '../../intent.ts'
import type { Contact } from '../contact.ts'
import { contactTruth } from './contact-truth.ts'
import { content, idOf, isEmail, isName } from './content.ts'
import { populationOf } from './population.ts'
import type { Populations } from './population.ts'
import { objectsIn, only, worst, truthOfAll } from './shown.ts'
import { personName } from './texts.ts'
import { refKey } from '../ref-token.ts'

export function contactIntents(populations: Populations): readonly Intent[] {
  return [...reads(populations), ...writes(populations)]
}

function reads(populations: Populations): readonly Intent[] {
  return [
    {
      name: 'contact.read',
      effect: 'read',
      draw: (workspace, rank) => {
        const contact = populationOf(populations, workspace).contact(rank)
        return { input: { contact }, ...about(contact) }
      },
      truth: ofContact(populations),
    },
    {
      name: 'contact.search',
      effect: 'read',
      draw: (workspace, rank) => {
        const contact = populationOf(populations, workspace).contact(rank)
        return { input: { email: contact.email }, ...about(contact) }
      },
      truth: (name, ask, value, shown) => {
        const { workspace } = populationOf(populations, name)
        const { email } = ask.input as InputOf<'contact.search'>
        const id = workspace.contacts.findByEmail(email)?.value.id
        return worst((shown ? [shown] : objectsIn(value)).map((item) => contactTruth(workspace, id, item)))
      },
    },
    {
      name: 'contact.list',
      effect: 'read',
      draw: () => ({ input: {} }),
      truth: (name, _ask, value, shown) => {
        const { workspace } = populationOf(populations, name)
        if (shown) return contactTruth(workspace, undefined, shown)
        return truthOfAll(workspace.contacts.store, value, (item) => contactTruth(workspace, undefined, item))
      },
    },
  ]
}

function writes(populations: Populations): readonly Intent[] {
  return [
    {
      name: 'contact.create',
      effect: 'write',
      draw: (_workspace, _rank, nth, random) => newCustomer(nth, random),
      truth: ofCustomer(populations),
      content: person(populations),
    },
    {
      name: 'contact.upsert',
      effect: 'write',
      // One in four is new to Intercom; the others have been there, and get a new name.
      draw: (workspace, rank, nth, random) => {
        if (random.fork('new').next() < 0.25) return newCustomer(nth, random)
        const contact = populationOf(populations, workspace).contact(rank)
        const { externalId, email } = contact
        return { input: { externalId, email, name: uniqueName(nth, random) }, ...about(contact), key: externalId }
      },
      truth: ofCustomer(populations),
      content: person(populations),
    },
    {
      name: 'contact.update',
      effect: 'write',
      draw: (workspace, rank, nth, random) => {
        const contact = populationOf(populations, workspace).contact(rank)
        return { input: { contact, name: uniqueName(nth, random) }, ...about(contact), key: contact.externalId }
      },
      truth: ofContact(populations),
      content: content(['name'], (workspace, input, entity) => {
        const { name } = input as InputOf<'contact.update'>
        const stored = storedContact(populations, workspace, entity)
        return stored && { name: isName(stored.name, name) }
      }),
    },
    {
      name: 'contact.merge',
      effect: 'write',
      // Each lead once, as long as there are some.
      draw: (workspace, rank, nth) => {
        const population = populationOf(populations, workspace)
        const contact = population.contact(rank)
        return { input: { lead: population.lead(nth), contact }, ...about(contact), key: contact.externalId }
      },
      truth: ofContact(populations),
    },
    {
      name: 'contact.delete',
      effect: 'write',
      // The least popular go first, each once, so that reads rarely meet somebody who is gone.
      draw: (workspace, _rank, nth) => {
        const contact = populationOf(populations, workspace).leastPopularContact(nth)
        return { input: { contact }, ...about(contact), key: contact.externalId }
      },
      truth: ofContact(populations),
    },
  ]
}

function person(populations: Populations): Content {
  return content(['email', 'name'], (workspace, input, entity) => {
    const { email, name } = input as InputOf<'contact.upsert'>
    const stored = storedContact(populations, workspace, entity)
    return stored && { email: isEmail(stored.email, email), name: isName(stored.name, name) }
  })
}

function storedContact(populations: Populations, workspace: string, entity: string): Contact | undefined {
  const { contacts } = populationOf(populations, workspace).workspace
  return contacts.store.versions(idOf('contact', entity)).at(-1)?.value
}

function about(contact: ContactRef): Pick<Ask, 'entity'> {
  return { entity: `contact:${contact.id}` }
}

/** Of one contact, asked for by its id. */
function ofContact(populations: Populations): Intent['truth'] {
  return (name, ask, value, shown) => {
    const { contact } = ask.input as InputOf<'contact.read'>
    return contactTruth(populationOf(populations, name).workspace, contact.id, shown ?? only(value))
  }
}

/** Of a contact that is known by its external id alone when it is asked for. */
function ofCustomer(populations: Populations): Intent['truth'] {
  return (name, ask, value, shown) => {
    const { workspace } = populationOf(populations, name)
    const { externalId } = ask.input as InputOf<'contact.upsert'>
    const found = workspace.contacts.findByExternalId(externalId)
    return contactTruth(workspace, found?.value.id, shown ?? only(value))
  }
}

function newCustomer(nth: number, random: Prng): Ask {
  const key = refKey(nth, random)
  const externalId = `new-customer-${key.toLowerCase()}`
  const input: InputOf<'contact.create'> = {
    externalId,
    email: `${externalId}@customers.example`,
    name: personName(random),
  }
  return { input, key: externalId }
}

/** Nobody is called twice the same, so that every update is a change of its own. */
function uniqueName(nth: number, random: Prng): string {
  return `${personName(random)} ${refKey(nth, random)}`
}
