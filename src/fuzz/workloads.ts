// What the client is asked while things go wrong. The given load, and variations of it: fewer or more asks, on few entities or
// many, by impatient people, by several processes; and sequences over the same few entities (create, update, search, merge, delete) in
// an order that chance decides. What they lead to is compared with the Store, as always.

import * as fc from 'fast-check'
import { parseDuration } from '#clock/instant.ts'
import { simulatedWith } from '#scenario/world-services.ts'
import type { Prng } from '#random/prng.ts'
import type { LoadText, Workload } from './case.ts'
import { chance, draw } from './draw.ts'
import { givenCase, type Ground } from './ground.ts'

/** How many a campaign distinguishes: each needs a fault-free run of its own. */
export const workloadCount = 8

/** The first is the given one. */
export function workloadAt(index: number, ground: Ground, random: Prng): Workload {
  const { workload } = givenCase(ground)
  if (index === 0) return workload
  const own = random.fork('workload', index)
  const entries = Object.entries(workload.loads)
  const kept = draw(fc.shuffledSubarray(entries, { minLength: 1 }), own.fork('kept'))
  const varied = kept.map(([name, load]) => [name, variedLoad(load, own.fork('load', name))] as const)
  return {
    ...workload,
    loads: { ...Object.fromEntries(varied), ...sequences(ground, own.fork('sequences')) },
    instances: draw(fc.constantFrom(1, 1, 2, 3), own.fork('instances')),
    shuffled: chance(0.5, own.fork('ties')),
  }
}

function variedLoad(load: LoadText, random: Prng): LoadText {
  const pick = draw(fc.constantFrom(undefined, 'uniform of 1', 'uniform of 3', 'zipf of 20'), random.fork('pick'))
  const { impatient, cancelAfter, ...rest } = load
  const patience = draw(fc.constantFrom('as-it-is', 'as-it-is', 'impatient', 'gone'), random.fork('patience'))
  return {
    ...rest,
    ...(pick !== undefined && { pick }),
    ...(patience === 'as-it-is' && { ...(impatient && { impatient }), ...(cancelAfter && { cancelAfter }) }),
    ...(patience === 'impatient' && { impatient: draw(fc.constantFrom('2s', '5s', '500ms'), random.fork('after')) }),
    ...(patience === 'gone' && { cancelAfter: draw(fc.constantFrom('1s', '100ms', '4s'), random.fork('after')) }),
    ...rhythmOf(load, draw(fc.constantFrom(1, 1, 0.5, 2, 4), random.fork('times'))),
  }
}

/** As often as before, times a factor. */
function rhythmOf({ every, rate }: LoadText, times: number): LoadText {
  if (every !== undefined) return { every: `${Math.round((parseDuration(every) ?? 1_000) / times)}ms` }
  const [count = '1', per = 'min'] = (rate ?? '').split('/')
  return { rate: `${Number((Number(count) * times).toFixed(4))}/${per}` }
}

/** Writes and reads of what the client offers, close together and on so few entities that they meet. */
function sequences(ground: Ground, random: Prng): Readonly<Record<string, LoadText>> {
  const hasLeads = ground.scenario.workspaces[0]?.leads !== undefined
  const { intents, emptyIntents } = simulatedWith(ground.scenario.services ?? [])
  const known = intents.filter((name) => !emptyIntents.includes(name) && !isSlow(name))
  const offered = ground.operations.filter((name) => known.includes(name) && (name !== 'contact.merge' || hasLeads))
  if (offered.length === 0 || chance(0.4, random)) return {}
  const chosen = draw(
    fc.shuffledSubarray([...offered], { minLength: 1, maxLength: Math.min(4, offered.length) }),
    random.fork('which'),
  )
  const few = draw(fc.constantFrom('uniform of 1', 'uniform of 2', 'uniform of 5'), random.fork('few'))
  const spanMs = ground.scenario.spanMs
  return Object.fromEntries(
    chosen.map((operation, index) => {
      const count = draw(fc.constantFrom(10, 20, 40), random.fork('count', index))
      const name = `also-${operation.replace('.', '-')}`
      return [name, { do: operation, every: `${Math.ceil(spanMs / count) + index}ms`, pick: few }]
    }),
  )
}

/** Lists of everything cost hundreds of exchanges each, and media need the other platform. */
function isSlow(operation: string): boolean {
  return operation.endsWith('.list') || operation.endsWith('.scroll') || operation === 'media.fetch'
}
