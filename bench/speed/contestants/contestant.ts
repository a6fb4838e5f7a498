// Whoever can stand in for an API in a test of its client. All serve the same contact, byte for byte.

import { createPrng } from '#random/prng.ts'
import { createIntercom } from '#server/intercom/intercom.ts'
import type { ContactRef } from '#server/intent.ts'

export type Opened = {
  readonly fetch: typeof fetch
  /** Where it is reached; the simulated host unless it needs a real address. */
  readonly origin?: string
  /** Does the reads in the surroundings that it needs. */
  readonly play?: (count: number, read: () => Promise<unknown>) => Promise<void>
  close(): void | Promise<void>
}

export type Contestant = {
  readonly name: string
  /** How much slower than the others it is, so that it gets fewer reads in a round. */
  readonly slow?: number
  open(): Opened | Promise<Opened>
}

export const startMs = Date.UTC(2026, 3, 27, 11)
export const origin = 'https://api.au.intercom.io'

/** A workspace, and a contact that it has. */
export function createSubject(seed = 'bench') {
  const random = createPrng(seed)
  const intercom = createIntercom({ workspaces: [{ name: 'ours', region: 'au' }], random, startMs })
  const token = intercom.tokens['ours'] ?? ''
  const read = intercom.intents.get('contact.read')?.draw('ours', 0, 1, random, 0).input as { contact: ContactRef }
  return { random, intercom, token, contact: read.contact }
}

const { intercom, contact, token, random } = createSubject()

export const path = `/contacts/${contact.id}`
export const asked = { token, contactId: contact.id }

/** What the simulated API answers. */
export const answer = intercom.handle(
  { method: 'GET', url: new URL(path, origin), headers: { authorization: `Bearer ${token}` }, body: '' },
  0,
  random,
)
export const answerHeaders = Object.fromEntries(answer.headers)
