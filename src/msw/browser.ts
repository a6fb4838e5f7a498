// `brownout/msw` for browsers: there are no files, so a scenario is the text of one.

import { UserError } from '#context/user-error.ts'
import { inWords, mountIncident, readText, type Incident, type IncidentOptions } from './incident.ts'

export function createIncident(scenario: string | { readonly text: string }, options?: IncidentOptions): Incident {
  return inWords(() => {
    if (typeof scenario !== 'string') return mountIncident(readText(scenario), options)
    throw new UserError(`"${scenario}": there are no files in a browser, so a scenario is { text } there.`, {
      hint: "import text from 'brownout/scenarios/drills/429-storm.yaml?raw' is what Vite calls it.",
    })
  })
}
