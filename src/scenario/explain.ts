// A scenario in plain English: what happens minute by minute, who asks for what, what is documented, what is expected.

import { formatDuration } from '#clock/instant.ts'
import { explainFault } from '#fault/explain.ts'
import { formatRate } from '#fault/units.ts'
import type { FleetConfig } from '#server/fleet.ts'
import { showSetting, unitOf } from './expect-section.ts'
import { showTime } from './run-section.ts'
import type { Load, Scenario, StatusChange } from './scenario.ts'

const width = 110

export function explainScenario(scenario: Scenario): string {
  const parts = [
    [scenario.title, explainRun(scenario)],
    ['What happens', ...explainEvents(scenario)],
    ['The world', ...explainWorld(scenario)],
    ['The load', ...scenario.loads.flatMap((load) => bullet(explainLoad(load)))],
    [
      'Documented by the source',
      ...scenario.evidence.documented.flatMap(([path, words]) => bullet(`${path}: ${words}`)),
    ],
    ['Assumed by us', ...bullet(scenario.evidence.assumed.join(', ') || 'nothing')],
    ['In the source, but not simulated', ...scenario.evidence.notSimulated.flatMap(bullet)],
    ['What is expected', ...explainExpectations(scenario)],
  ]
  const told = parts.filter((part) => part.length > 1)
  return `${scenario.name}: ${told.map((part) => part.join('\n')).join('\n\n')}\n`
}

function explainRun({ source, startMs, spanMs, instances }: Scenario): string {
  const [from, until] = [startMs, startMs + spanMs].map((at) => showTime(at, source.date))
  const processes = instances === 1 ? 'one client process' : `${instances} client processes`
  return wrap(
    `Severity ${source.severity}, from ${source.document}. Replayed: ${source.date}, ${from} to ${until} (${formatDuration(spanMs)}), with ${processes}.`,
    '',
  )
}

type Told = { readonly at: number; readonly what: string }

/** Everything with a time, in order; at the same time facts come first, then what the replay does about them. */
function explainEvents(scenario: Scenario): string[] {
  const { timeline, faults, phases, statusPage, startMs, source } = scenario
  const events: Told[] = [
    ...timeline.map(({ at, fact }) => ({ at, what: `Fact: ${fact}` })),
    ...phases.map(({ name, at }) => ({ at, what: `Phase ${name} begins.` })),
    ...faults.map((fault) => ({ at: fault.from, what: `Fault ${explainFault(fault, startMs)}` })),
    ...faults.map(({ name, until }) => ({ at: until, what: `Fault ${name} is lifted.` })),
    ...statusPage.map((change) => ({ at: change.at, what: explainStatus(change) })),
    { at: scenario.spanMs, what: 'The run ends.' },
  ]
  const ordered = events.toSorted((one, other) => one.at - other.at)
  return ordered.map(({ at, what }, index) => {
    const time = at === ordered[index - 1]?.at ? '' : showTime(startMs + at, source.date)
    return wrap(what, `  ${time.padEnd(7)} `, ' '.repeat(10))
  })
}

function explainStatus(change: StatusChange): string {
  if (change.kind === 'open') {
    return `Status page: opens "${change.title}" (${change.impact}, ${change.component}).`
  }
  const words = change.title === undefined ? '' : `, saying "${change.title}"`
  return `Status page: ${change.incident} is marked resolved${words}.`
}

function explainWorld({ workspaces, fleets }: Scenario): string[] {
  return [
    ...workspaces.flatMap(({ name, region }) => bullet(`Workspace ${name}, hosted in region ${region}.`)),
    ...Object.entries(fleets).flatMap(([name, fleet]) => bullet(explainFleet(name, fleet))),
  ]
}

function explainFleet(name: string, fleet: FleetConfig): string {
  const capacity = formatRate((fleet.workers * 1_000) / fleet.serviceTimeMs)
  const overflow = fleet.overflow === 'hang' ? 'never answered' : 'answered 503 at once'
  return [
    `Fleet ${name}: ${fleet.workers} workers at ${formatDuration(fleet.serviceTimeMs)} a request serve ${capacity}; other tenants ask ${formatRate(fleet.otherTenantsPerSecond)}.`,
    `Up to ${fleet.queue} requests wait, at most ${formatDuration(fleet.gatewayTimeoutMs)}; a request beyond that is ${overflow}.`,
    `A request that its client gave up on is ${fleet.abandoned === 'served' ? 'still served' : 'dropped'}.`,
  ].join(' ')
}

function explainLoad(load: Load): string {
  const rhythm = load.regular
    ? `every ${formatDuration(load.gapMs)}`
    : `at random moments, ${formatRate(1_000 / load.gapMs)} on average`
  const picked = load.pick.kind === 'zipf' ? 'the first few more often' : 'all alike'
  const sentences = [
    `${load.name}: ${load.do} for ${load.workspace}, ${rhythm}, over ${load.pick.of} entities, ${picked}.`,
    ...(load.impatientMs === undefined
      ? []
      : [`Without an answer after ${formatDuration(load.impatientMs)} it is asked again, at most twice.`]),
    ...(load.cancelAfterMs === undefined
      ? []
      : [`After ${formatDuration(load.cancelAfterMs)} nobody wants the answer any more.`]),
  ]
  return sentences.join(' ')
}

function explainExpectations({ arming, expect }: Scenario): string[] {
  const silence =
    arming.unansweredForMs === 0 ? '' : ` and leave one without an answer for ${formatDuration(arming.unansweredForMs)}`
  const hits = arming.faultHits === 1 ? 'one exchange' : `${arming.faultHits} exchanges`
  return [
    ...bullet('All applicable oracles judge the run.'),
    ...bullet(`It proves something only if faults hit at least ${hits}${silence}.`),
    ...expect.flatMap(({ oracle, settings }) => {
      const told = Object.entries(settings).map(([key, value]) => `${key} ${showSetting(value, unitOf(oracle, key))}`)
      return bullet(`Required: ${[oracle, told.join(', ')].filter((part) => part !== '').join(', with ')}.`)
    }),
  ]
}

function bullet(text: string): string[] {
  return [wrap(text, '  - ', '    ')]
}

/** Lines of at most `width` characters, broken at spaces. */
function wrap(text: string, first: string, indent: string = first): string {
  const lines: string[] = []
  let line = first
  for (const word of text.split(' ')) {
    const longer = line === first || line === indent ? line + word : `${line} ${word}`
    if (longer.length > width && line.trim() !== '' && line !== first && line !== indent) {
      lines.push(line)
      line = indent + word
    } else line = longer
  }
  return [...lines, line].join('\n')
}
