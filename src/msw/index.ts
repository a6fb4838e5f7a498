// `brownout/msw`: the simulated Intercom of a scenario, faults and all, as request handlers for a project's own MSW.

import { loadScenario } from '#scenario/load.ts'
import { inWords, mountIncident, readText, type Incident, type IncidentOptions } from './incident.ts'

export type { Incident, IncidentOptions } from './incident.ts'
export type { HistoryEvent } from '#history/event.ts'

/** A scenario by its name or path, `name:variant` for one row; or the text of its file. */
export type ScenarioSource = string | { readonly text: string }

/**
 * Begins an incident in real time. Each call has its own services: nothing is shared, not even what was written to them.
 *
 * Throws an Error, of which all is in its message, when there is no such scenario, when its text is wrong, and when `from` is neither a phase nor a time of it.
 */
export function createIncident(scenario: ScenarioSource, options?: IncidentOptions): Incident {
  return inWords(() => {
    const read =
      typeof scenario === 'string' && scenario.trim() !== ''
        ? loadScenario(scenario, process.cwd())
        : readText(scenario)
    return mountIncident(read, options)
  })
}
