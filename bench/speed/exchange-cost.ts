// What one exchange costs, by who stands in for the API: a contact is read with `fetch` alone and with `intercom-client`, one
// read after the other. Everybody plays in this process and by turns, so that all get the same of what the machine has to give; before
// each turn the heap is swept. Counted is the time of processors, which others on the machine lengthen least.

import { IntercomClient } from 'intercom-client'
import { asked, origin, path, type Contestant, type Opened } from './contestants/contestant.ts'
import { harness } from './contestants/harness.ts'
import { loopback } from './contestants/loopback.ts'
import { mockAgent } from './contestants/mock-agent.ts'
import { nockServer } from './contestants/nock.ts'
import { mswServer } from './contestants/setup-server.ts'
import { stub } from './contestants/stub.ts'
import type { Figure } from './figure.ts'
import { median, turnsOf } from './statistics.ts'

export const contestants = [stub, harness, mockAgent, mswServer, nockServer, loopback]

const warmRounds = 2
const rounds = 7
const reads = 200
const cpuUsage = process.cpuUsage.bind(process)

type Lane = { readonly client: 'fetch' | 'SDK'; readonly contestant: Contestant; readonly costs: number[] }

/** A read of the contact, once more with each call. */
export function readerOver({ client }: Pick<Lane, 'client'>, opened: Opened): () => Promise<unknown> {
  const environment = opened.origin ?? origin
  const { token, contactId } = asked
  if (client === 'SDK') {
    const sdk = new IntercomClient({ token, environment, fetch: opened.fetch, maxRetries: 0 })
    return () => sdk.contacts.find({ contact_id: contactId })
  }
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'intercom-version': '2.14' }
  return async () => {
    const response = await opened.fetch(environment + path, { headers })
    if (!response.ok) throw new Error(`The contact could not be read: ${response.status}.`)
    return response.json()
  }
}

export async function playReads(opened: Opened, count: number, read: () => Promise<unknown>): Promise<void> {
  if (opened.play) return opened.play(count, read)
  for (let nth = 0; nth < count; nth += 1) await read()
}

/** Microseconds of processor time for each read. */
async function costOf(lane: Lane, count: number): Promise<number> {
  const opened = await lane.contestant.open()
  try {
    const read = readerOver(lane, opened)
    // The first one connects, and shows whether it works at all.
    await playReads(opened, 1, read)
    globalThis.gc?.()
    const before = cpuUsage()
    await playReads(opened, count, read)
    // What a round is too short to make the collector do is on its account all the same.
    globalThis.gc?.({ type: 'minor' })
    const { user, system } = cpuUsage(before)
    return (user + system) / count
  } finally {
    await opened.close()
  }
}

export async function measure(): Promise<readonly Figure[]> {
  const lanes = contestants.flatMap((contestant): Lane[] => [
    { client: 'fetch', contestant, costs: [] },
    { client: 'SDK', contestant, costs: [] },
  ])
  for (const [round, turns] of turnsOf(lanes, warmRounds + rounds).entries())
    for (const lane of turns) {
      const cost = await costOf(lane, Math.ceil(reads / (lane.contestant.slow ?? 1)))
      if (round >= warmRounds) lane.costs.push(cost)
    }
  return (['fetch', 'SDK'] as const).flatMap((client) => {
    const costs = lanes.flatMap((lane) =>
      lane.client === client ? [[lane.contestant, median(lane.costs)] as const] : [],
    )
    return [
      ...costs.map(([{ name }, value]): Figure => ({ name: `${client} over ${name}`, value, unit: 'us' })),
      ...ratiosOf(client, new Map(costs)),
    ]
  })
}

const aims = { fetch: { stub: 4, setupServer: 10 }, SDK: { stub: 2, setupServer: 6 } } as const

function ratiosOf(client: Lane['client'], costs: ReadonlyMap<Contestant, number>): readonly Figure[] {
  const ratio = (over: Contestant, under: Contestant): Pick<Figure, 'name' | 'value' | 'unit'> => ({
    name: `${client}: ${over.name} / ${under.name}`,
    value: (costs.get(over) ?? Number.NaN) / (costs.get(under) ?? Number.NaN),
    unit: 'x',
  })
  const faster = (over: Contestant, value: number): Figure => ({
    ...ratio(over, harness),
    guarded: 'at-least',
    aim: { bound: 'at-least', value },
  })
  return [
    // Not guarded: next to nothing is done over the stub, so that on another processor the same code gave 14 for 9.
    { ...ratio(harness, stub), aim: { bound: 'at-most', value: aims[client].stub } },
    faster(mswServer, aims[client].setupServer),
    faster(nockServer, 1),
    faster(loopback, 1),
    { ...ratio(mockAgent, harness), guarded: 'at-least' },
  ]
}
