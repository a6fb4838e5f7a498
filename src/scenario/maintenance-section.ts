// `maintenances`: work that the provider announced on its status page, when it was to happen, and when the page said that it
// had begun and was over.

import { z } from 'zod'
import { quote, suggest } from './problem.ts'
import type { Path, Problems } from './problem.ts'
import type { Calendar } from './run-section.ts'
import type { Maintenance } from './scenario.ts'
import { components } from './services.ts'
import { name, section, sentence, time } from './terms.ts'

const maintenanceSchema = section({
  title: sentence.describe('What the page calls it.'),
  components: z
    .array(z.string().meta({ enum: components }))
    .min(1)
    .describe('The components of the page that it is about.'),
  announced: time.describe('When the page first told of it; it may lie before the run.'),
  from: time.describe('When it was to begin.'),
  until: time.describe('When it was to be over.'),
  started: time.describe('When the page said that it had begun.'),
  completed: time.describe('When the page said that it was over.'),
}).describe('One announced maintenance.')

export const maintenancesSchema = z.record(name, maintenanceSchema).describe('Announced maintenance, by name.')

type MaintenanceText = z.infer<typeof maintenanceSchema>

export function resolveMaintenances(
  maintenances: z.infer<typeof maintenancesSchema>,
  calendar: Calendar,
  problems: Problems,
): readonly Maintenance[] {
  return Object.entries(maintenances).map(([maintenance, written]) => {
    const path = ['maintenances', maintenance]
    checkComponents(written.components, [...path, 'components'], problems)
    const resolved: Maintenance = {
      name: maintenance,
      title: written.title,
      components: written.components,
      announcedAt: calendar.anywhere(written.announced),
      scheduledFrom: calendar.at(written.from, [...path, 'from']),
      scheduledUntil: calendar.at(written.until, [...path, 'until']),
      startedAt: calendar.at(written.started, [...path, 'started']),
      completedAt: calendar.at(written.completed, [...path, 'completed']),
    }
    checkOrder(resolved, written, path, problems)
    return resolved
  })
}

function checkOrder(resolved: Maintenance, written: MaintenanceText, path: Path, problems: Problems): void {
  const label = `the maintenance \`${resolved.name}\``
  if (resolved.scheduledUntil <= resolved.scheduledFrom) {
    const what = `${label} was to end at ${written.until}, which is not after its start at ${written.from}`
    problems.value([...path, 'until'], what)
  }
  if (resolved.announcedAt > Math.min(resolved.scheduledFrom, resolved.startedAt)) {
    const first = resolved.startedAt < resolved.scheduledFrom ? written.started : written.from
    const what = `${label} is announced at ${written.announced}, after it begins at ${first}`
    problems.value([...path, 'announced'], what, 'Work that nobody announced is an incident: see `statusPage`.')
  }
  if (resolved.completedAt <= resolved.startedAt) {
    const what = `${label} is completed at ${written.completed}, which is not after it started at ${written.started}`
    problems.value([...path, 'completed'], what)
  }
}

function checkComponents(named: readonly string[], path: Path, problems: Problems): void {
  named.forEach((component, index) => {
    if (!components.includes(component)) {
      const what = `the status page has no component ${quote(component)}`
      problems.value([...path, index], what, suggest(component, components, 'components'))
    } else if (named.indexOf(component) < index) {
      problems.value([...path, index], `the component ${quote(component)} is there twice`, 'Remove one of the two.')
    }
  })
}
