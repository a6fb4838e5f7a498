// Everything in a scenario that has a time, in order and in plain English.

import { formatDuration } from '#clock/instant.ts'
import { explainFault } from '#fault/explain.ts'
import { limitHeadersIn } from './limit-headers-in.ts'
import { showTime } from './run-section.ts'
import type { Action, Maintenance, Scenario, StatusChange } from './scenario.ts'

type Told = { readonly at: number; readonly what: string }

/** At the same time facts come first, then what the replay does about them. */
export function eventsOf(scenario: Scenario): readonly Told[] {
  const { timeline, faults, phases, statusPage, maintenances, actions, problems, startMs, services = [] } = scenario
  const events: Told[] = [
    ...timeline.map(({ at, fact }) => ({ at, what: `Fact: ${fact}` })),
    ...phases.map(({ name, at }) => ({ at, what: `Phase ${name} begins.` })),
    ...faults.map((fault) => {
      const told = limitHeadersIn(fault.where, services)
      return { at: fault.from, what: `Fault ${explainFault(fault, startMs, told)}` }
    }),
    ...faults.map(({ name, until }) => ({ at: until, what: `Fault ${name} is lifted.` })),
    ...statusPage.map((change) => ({ at: change.at, what: explainStatus(change) })),
    ...maintenances.flatMap((maintenance) => explainMaintenance(maintenance, scenario)),
    ...actions.map((action) => ({ at: action.at, what: explainAction(action) })),
    ...problems.flatMap((problem) => explainProblem(problem)),
    { at: scenario.spanMs, what: 'The run ends.' },
  ]
  return events.toSorted((one, other) => one.at - other.at)
}

function explainStatus(change: StatusChange): string {
  if (change.kind === 'open') {
    return `Status page: opens "${change.title}" (${change.impact}, ${change.component}).`
  }
  const words = change.title === undefined ? '' : `, saying "${change.title}"`
  return `Status page: ${change.incident} is marked resolved${words}.`
}

function explainMaintenance(maintenance: Maintenance, { startMs, source }: Scenario): Told[] {
  const { title, components, announcedAt, scheduledFrom, scheduledUntil, startedAt, completedAt } = maintenance
  const [from, until] = [scheduledFrom, scheduledUntil].map((at) => showTime(startMs + at, source.date))
  return [
    {
      at: announcedAt,
      what: `Status page: announces the maintenance "${title}" for ${from} to ${until} (${components.join(', ')}).`,
    },
    { at: startedAt, what: `Status page: the maintenance "${title}" is in progress.` },
    { at: completedAt, what: `Status page: the maintenance "${title}" is completed.` },
  ]
}

function explainAction({ do: action, workspace }: Action): string {
  const about = workspace === undefined ? '' : ` for ${workspace}`
  if (action === 'restart') return 'Action: the client is restarted.'
  if (action === 'rotate-token') return `Action: the token${about} is rotated.`
  return `Action: operators do ${action}${about}.`
}

function explainProblem({ name, from, until, whose, cause, withinMs }: Scenario['problems'][number]): Told[] {
  return [
    {
      at: from,
      what: `Problem ${name} begins: within ${formatDuration(withinMs)} a health check must call it ${whose} (${cause}).`,
    },
    { at: until, what: `Problem ${name} is over.` },
  ]
}
