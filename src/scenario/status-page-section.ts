// `statusPage`: what the provider's page said, and when. It may lag behind the truth; that is part of the replay.

import { z } from 'zod'
import { quote, suggest } from './problem.ts'
import type { Problems } from './problem.ts'
import type { Calendar } from './run-section.ts'
import type { StatusChange } from './scenario.ts'
import { components } from './services.ts'
import { name, section, sentence, time } from './terms.ts'

const at = time.describe('When the page changed.')

const opened = section({
  at,
  open: name.describe('A name for the incident, used once.'),
  title: sentence.describe('The headline of the incident.'),
  component: z.string().describe('The component of the page it is about.').meta({ enum: components }),
  impact: z.enum(['minor', 'major', 'critical']).describe('How bad the page says it is.'),
})

const resolved = section({
  at,
  resolve: name.describe('The incident that is marked resolved.'),
  title: sentence.optional().describe('What the page said then.'),
})

export const statusPageSchema = z.array(z.union([opened, resolved])).describe('Changes of the status page, in order.')

export function resolveStatusPage(
  page: z.infer<typeof statusPageSchema>,
  calendar: Calendar,
  problems: Problems,
): readonly StatusChange[] {
  const opening = new Map<string, number>()
  const resolution = new Map<string, number>()
  let last = 0
  return page.map((change, index) => {
    const when = calendar.at(change.at, ['statusPage', index, 'at'])
    if (when >= 0 && when < last) {
      problems.value(
        ['statusPage', index, 'at'],
        `this change is at ${change.at}, before the one above it`,
        'List changes in the order of their times.',
      )
    }
    last = Math.max(last, when)
    if ('open' in change) {
      const path = ['statusPage', index, 'open']
      const before = opening.get(change.open)
      if (before !== undefined) {
        problems.value(
          path,
          `the incident \`${change.open}\` was already opened at ${calendar.show(before)}`,
          'An incident is opened once; give a relapse a name of its own.',
        )
      }
      opening.set(change.open, before ?? when)
      if (!components.includes(change.component)) {
        const what = `the status page has no component ${quote(change.component)}`
        problems.value(['statusPage', index, 'component'], what, suggest(change.component, components, 'components'))
      }
      const { title, component, impact } = change
      return { at: when, incident: change.open, kind: 'open', title, component, impact }
    }
    checkResolve(change.resolve, ['statusPage', index, 'resolve'])
    resolution.set(change.resolve, when)
    return {
      at: when,
      incident: change.resolve,
      kind: 'resolve',
      ...(change.title === undefined ? {} : { title: change.title }),
    }
  })

  function checkResolve(incident: string, path: readonly (string | number)[]): void {
    const earlier = resolution.get(incident)
    if (earlier !== undefined)
      problems.value(path, `the incident \`${incident}\` was already resolved at ${calendar.show(earlier)}`)
    else if (!opening.has(incident)) {
      const later = page.some((change) => 'open' in change && change.open === incident)
      if (later) problems.value(path, `the incident \`${incident}\` is resolved before it is opened`)
      else
        problems.value(
          path,
          `the incident \`${incident}\` was never opened`,
          suggest(incident, [...opening.keys()], 'incidents'),
        )
    }
  }
}
