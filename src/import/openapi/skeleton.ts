// A scenario to begin with: the service is asked for what it offers, and is away for a while. All of it is assumed.

import type { ServiceDefinition } from '#server/defined/definition.ts'
import type { ScenarioData } from '#scenario/write.ts'

const mostResources = 3

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
    offers: offers ?? ['list', 'read', 'create'],
  }))
  const asked = all.toSorted((one, other) => other.offers.length - one.offers.length).slice(0, mostResources)
  const loads = asked.flatMap(({ name, offers }) => [
    ...(offers.includes('read') ? [[`${name}-reads`, { do: `${name}.read`, every: '5s', pick: 'uniform of 12' }]] : []),
    ...(offers.includes('create') ? [[`${name}-creates`, { do: `${name}.create`, every: '30s' }]] : []),
    ...(offers.includes('list') ? [[`${name}-lists`, { do: `${name}.list`, every: '1m' }]] : []),
  ])
  if (loads.length > 0) return Object.fromEntries(loads) as Record<string, object>
  return Object.fromEntries(asked.map(({ name, offers }) => [name, { do: `${name}.${offers[0]}`, every: '30s' }]))
}
