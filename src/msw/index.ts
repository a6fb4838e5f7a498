// `brownout/msw`: the simulated Intercom of a scenario, faults and all, as request handlers for a project's own MSW.

import { UserError } from '#context/user-error.ts'
import { loadScenario } from '#scenario/load.ts'
import { parseScenario } from '#scenario/parse.ts'
import { inWords, mountIncident, type Incident, type IncidentOptions } from './incident.ts'

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
        : fromText(scenario)
    return mountIncident(read, options)
  })
}

function fromText(source: ScenarioSource): ReturnType<typeof parseScenario> {
  const text: unknown = (source as { readonly text?: unknown } | null)?.text
  if (typeof text === 'string') return parseScenario(text, 'scenario.yaml')
  throw new UserError('A scenario is a name, a path, or { text } with what is in its file.')
}
