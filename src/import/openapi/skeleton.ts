// A scenario to begin with: the service is asked for what it offers, and is away for a while. All of it is assumed.

import { verbs, type ServiceDefinition, type Verb } from '#server/defined/definition.ts'
import type { ScenarioData } from '#scenario/write.ts'

const mostResources = 3

type Asked = { readonly verb: Verb; readonly called: string; readonly every: string; readonly pick?: string }

/** Products read more than they write. What is deleted is what nobody reads: the service gives out its last ones first. */
const usual: readonly Asked[] = [
  { verb: 'read', called: 'reads', every: '5s', pick: 'uniform of 12' },
  { verb: 'create', called: 'creates', every: '30s' },
  { verb: 'update', called: 'updates', every: '30s', pick: 'uniform of 12' },
  { verb: 'delete', called: 'deletes', every: '4m' },
  { verb: 'list', called: 'lists', every: '1m' },
]

/** `file` is the document, `service` the file of the definition beside this one. */
export function outageOf(definition: ServiceDefinition, file: string, service: string): ScenarioData {
  const { name, hosts } = definition
  const where = { product: name }
  return {
    scenario: `${name}-unavailable`,
    title: `The ${name} API answers 503, then not at all`,
    tags: ['imported'],
    source: { document: file, date: '2026-03-02', severity: 'P2' },
    run: { from: '09:00Z', until: '09:20Z' },
    world: {
      workspaces: { ours: { region: hosts[0]?.region ?? 'us' } },
      services: { [name]: `./${service}` },
    },
    load: loadOf(definition),
    faults: {
      unavailable: { kind: 'status', where, from: '09:05Z', until: '09:08Z', with: { code: 503 } },
      silence: { kind: 'hang', where, from: '09:08Z', until: '09:11Z' },
    },
    phases: { errors: '09:05Z', silence: '09:08Z', recovery: '09:11Z' },
    evidence: { documented: {}, assumed: ['run', 'world', 'load', 'faults', 'phases'] },
    expect: { recovers: { within: '2m', after: 'recovery' } },
  }
}

/** Those that offer most, because a product asks them most. */
function loadOf({ resources }: ServiceDefinition): Record<string, object> {
  const all = Object.entries(resources).map(([name, { offers }]) => ({
    name,
    offers: offers ?? verbs,
  }))
  const asked = all.toSorted((one, other) => other.offers.length - one.offers.length).slice(0, mostResources)
  return Object.fromEntries(
    asked.flatMap(({ name, offers }) =>
      usual
        .filter(({ verb }) => offers.includes(verb))
        .map(({ verb, called, ...how }) => [`${name}-${called}`, { do: `${name}.${verb}`, ...how }]),
    ),
  )
}
