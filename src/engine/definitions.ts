// The definitions of a run's client, besides the first one of a replay in virtual time: what is loaded before there is a world, and what
// will be needed by processes that start later.

import type { ClientDefinition } from '#client/client.ts'
import { forgetModules } from '#client/fresh-modules.ts'
import { loadClient } from '#client/load-module.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { Job } from './job.ts'

/** In real time. Programs must be told whom to trust before they start. */
export function loadEarly({ client, loopback }: Job): Promise<ClientDefinition> {
  return loadClient(loopback?.authority ? { ...client, ca: loopback.authority.ca } : client)
}

/** Beforehand, because loading takes real time: one for each process that will start while the run goes on. */
export async function loadForRestarts(job: Job, { actions, faults, instances }: Scenario): Promise<ClientDefinition[]> {
  if (!job.faults) return []
  const planned = [
    ...actions.filter((action) => action.do === 'restart'),
    ...faults.filter(({ kind }) => kind.kind === 'client-restart'),
  ]
  const definitions: ClientDefinition[] = []
  for (let nth = 0; nth < planned.length * instances; nth += 1) {
    forgetModules()
    definitions.push(await loadClient(job.client))
  }
  return definitions
}
