// What is proposed for a component that was not well, where the words of the document say nothing of how.

import type { Stretch } from './account.ts'
import { placeOf, regionsIn, type Home, type Part, type Place } from './places.ts'
import type { Proposal } from './proposal.ts'
import type { Window } from './window.ts'

type Guess = Pick<Proposal, 'kind' | 'share' | 'square' | 'with'> & { readonly why: string }

const ofApi: Readonly<Record<Stretch['status'], Guess>> = {
  degraded_performance: {
    kind: 'latency',
    with: { delay: { median: '3s', p99: '20s' } },
    why: 'degraded performance: answers are late; by how much is a guess',
  },
  partial_outage: {
    kind: 'status',
    with: { code: 503 },
    share: '30%',
    why: 'a partial outage: some answers are 503; how many is a guess',
  },
  major_outage: { kind: 'status', with: { code: 503 }, why: 'a major outage: answers are 503' },
  under_maintenance: {
    kind: 'status',
    with: { code: 503 },
    square: { period: '16m', on: '25%' },
    why: 'maintenance: short interruptions; how short and how many is a guess',
  },
}

const ofWebhooks: Readonly<Record<Stretch['status'], Guess>> = {
  degraded_performance: {
    kind: 'webhook-delay',
    with: { by: '10m' },
    why: 'notifications are late; by how much is a guess',
  },
  partial_outage: {
    kind: 'webhook-drop',
    share: '30%',
    why: 'a partial outage: some notifications never come; how many is a guess',
  },
  major_outage: { kind: 'webhook-drop', why: 'a major outage: notifications never come' },
  under_maintenance: {
    kind: 'webhook-delay',
    with: { by: '10m' },
    why: 'notifications are late; by how much is a guess',
  },
}

export type StretchFaults = {
  readonly faults: readonly Proposal[]
  /** Stretches that the words have told better. */
  readonly told: readonly string[]
  readonly left: readonly string[]
}

/** `spoken`: parts that the words have proposed faults for. */
export function stretchFaults(
  stretches: readonly Stretch[],
  window: Window,
  spoken: ReadonlySet<Part>,
  home: Home,
): StretchFaults {
  const faults: Proposal[] = []
  const told: string[] = []
  const left: string[] = []
  for (const stretch of stretches) {
    const place = placeOf(stretch.component)
    const name = `${stretch.component}: ${stretch.status} (${stretch.place})`
    if (!place || place.part === 'nothing' || place.part === 'media')
      left.push(`${name}: not a part of the simulation.`)
    else if (spoken.has(place.part)) told.push(`${name}: the words have told of it, and it adds no fault.`)
    else {
      const fault = faultOf(stretch, place, window, home)
      if (fault) faults.push(fault)
      else left.push(`${name}: outside of the incident.`)
    }
  }
  return { faults, told, left }
}

function faultOf(stretch: Stretch, place: Place, window: Window, { only }: Home): Proposal | undefined {
  const from = Math.max(stretch.from, window.from.at)
  const until = Math.min(stretch.until ?? window.until.at, window.until.at)
  if (until <= from) return undefined
  const [region, ...others] = regionsIn(stretch.component)
  const named = region !== undefined && others.length === 0 ? region : only
  const home = named === undefined ? {} : { region: named }
  const isApi = place.part === 'api'
  const { why, ...guess } = (isApi ? ofApi : ofWebhooks)[stretch.status]
  const said = [
    { words: `${stretch.component}: ${stretch.status}`, place: stretch.place, at: stretch.from, begins: true },
  ]
  const where = isApi ? { ...home, product: 'rest', ...(place.route && { route: place.route.route }) } : home
  const route = place.route
  return {
    name: `${isApi ? 'api' : 'webhooks'}-${words[stretch.status]}`,
    ...guess,
    where,
    from,
    until,
    ...(isApi && route && { route }),
    why: [why],
    said,
  }
}

const words: Readonly<Record<Stretch['status'], string>> = {
  degraded_performance: 'degraded',
  partial_outage: 'partly-out',
  major_outage: 'out',
  under_maintenance: 'maintained',
}
