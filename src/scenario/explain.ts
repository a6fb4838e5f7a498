// A scenario in plain English: what happens minute by minute, who asks for what, what is documented, what is expected. How
// its events read is told by explain-events.ts.

import { formatDuration } from '#clock/instant.ts'
import { formatRate } from '#fault/units.ts'
import type { FleetConfig } from '#server/fleet.ts'
import { showSetting, unitOf } from './expect-section.ts'
import { eventsOf } from './explain-events.ts'
import { showTime } from './run-section.ts'
import type { Activity, DefinedApi, Load, Scenario, Workspace } from './scenario.ts'

const width = 110

export function explainScenario(scenario: Scenario): string {
  const parts = [
    [scenario.title, ...explainRun(scenario)],
    ['Rows that are run separately', ...explainVariants(scenario)],
    ['What happens', ...explainEvents(scenario)],
    ['The world', ...explainWorld(scenario)],
    ['The load', ...scenario.loads.flatMap((load) => bullet(explainLoad(load, scenario)))],
    ['Without the client', ...scenario.activities.flatMap((activity) => bullet(explainActivity(activity, scenario)))],
    [
      'Documented by the source',
      ...scenario.evidence.documented.flatMap(([path, words]) => bullet(`${path}: ${words}`)),
    ],
    ['Assumed by us', ...bullet(scenario.evidence.assumed.join(', ') || 'nothing')],
    ['In the source, but not simulated', ...scenario.evidence.notSimulated.flatMap(bullet)],
    ['What is expected', ...explainExpectations(scenario)],
    ['Known to fail here', ...scenario.fails.flatMap(({ client, oracle }) => bullet(`${client}, by ${oracle}`))],
  ]
  const told = parts.filter((part) => part.length > 1)
  return `${scenario.name}: ${told.map((part) => part.join('\n')).join('\n\n')}\n`
}

/** Only what happens when. */
export function explainTimeline(scenario: Scenario): string {
  return `${scenario.name}: ${scenario.title}\n${explainEvents(scenario).join('\n')}\n`
}

function explainRun({ source, startMs, spanMs, instances, tags }: Scenario): string[] {
  const [from, until] = [startMs, startMs + spanMs].map((at) => showTime(at, source.date))
  const processes = instances === 1 ? 'one client process' : `${instances} client processes`
  const run = `Severity ${source.severity}, from ${source.document}. Replayed: ${source.date}, ${from} to ${until} (${formatDuration(spanMs)}), with ${processes}.`
  return [wrap(run, ''), ...(tags.length === 0 ? [] : [wrap(`Tags: ${tags.join(', ')}.`, '')])]
}

/** A row says what it is in its title. */
function explainVariants({ name, variant, variants }: Scenario): string[] {
  return variant === null ? variants.flatMap((row) => bullet(`${name}:${row.name}: ${row.title}`)) : []
}

function explainEvents(scenario: Scenario): string[] {
  const { startMs, source } = scenario
  const ordered = eventsOf(scenario)
  return ordered.map(({ at, what }, index) => {
    const time = at === ordered[index - 1]?.at ? '' : showTime(startMs + at, source.date)
    return wrap(what, `  ${time.padEnd(7)} `, ' '.repeat(10))
  })
}

function explainWorld({ workspaces, services = [], fleets }: Scenario): string[] {
  return [
    ...workspaces.flatMap((workspace) => bullet(explainWorkspace(workspace))),
    ...services.flatMap((service) => bullet(explainService(service))),
    ...Object.entries(fleets).flatMap(([name, fleet]) => bullet(explainFleet(name, fleet))),
  ]
}

function explainWorkspace({ name, region, shard, fixture, leads }: Workspace): string {
  const place = shard === 'a' ? '' : `, on the shard ${shard}`
  const holds = fixture ? `; it holds ${fixture.file}` : leads === undefined ? '' : `, with ${leads} leads`
  return `Workspace ${name}, hosted in region ${region}${place}${holds}.`
}

function explainService({ name, file, definition }: DefinedApi): string {
  const { hosts, resources, limits } = definition
  const places = hosts.map(({ host, region = 'global' }) => `${host} (${region})`).join(', ')
  const held = Object.entries(resources).map(
    ([resource, { path, seeded = 100 }]) => `${resource} at ${path}, ${seeded} of them`,
  )
  const limit = limits ? ` A workspace may send ${limits.requests} requests in ${limits.per}.` : ''
  return `Service ${name}, defined by ${file}, at ${places}; it holds ${held.join('; ')}.${limit}`
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

function explainLoad(load: Load, scenario: Scenario): string {
  const picked = load.pick.kind === 'zipf' ? 'the first few more often' : 'all alike'
  const sentences = [
    `${load.name}: ${load.do} for ${load.workspace}, ${rhythmOf(load)}, over ${load.pick.of} entities, ${picked}${stretchOf(load, scenario)}.`,
    ...(load.impatientMs === undefined
      ? []
      : [`Without an answer after ${formatDuration(load.impatientMs)} it is asked again, at most twice.`]),
    ...(load.cancelAfterMs === undefined
      ? []
      : [`After ${formatDuration(load.cancelAfterMs)} nobody wants the answer any more.`]),
  ]
  return sentences.join(' ')
}

function explainActivity(activity: Activity, scenario: Scenario): string {
  const { name, topic, workspace, attachment } = activity
  const carried = attachment ? ', with a file attached' : ''
  return `${name}: ${topic} in ${workspace}, ${rhythmOf(activity)}${carried}${stretchOf(activity, scenario)}.`
}

function rhythmOf({ regular, gapMs }: Pick<Load, 'regular' | 'gapMs'>): string {
  return regular ? `every ${formatDuration(gapMs)}` : `at random moments, ${formatRate(1_000 / gapMs)} on average`
}

/** Nothing is said of what goes on for the whole run. */
function stretchOf(
  { fromMs, untilMs }: Pick<Load, 'fromMs' | 'untilMs'>,
  { startMs, spanMs, source }: Scenario,
): string {
  const show = (at: number): string => showTime(startMs + at, source.date)
  const from = fromMs === 0 ? '' : ` from ${show(fromMs)}`
  const until = untilMs === spanMs ? '' : ` until ${show(untilMs)}`
  return from === '' && until === '' ? '' : `,${from}${until}`
}

function explainExpectations({ arming, expect, properties }: Scenario): string[] {
  return [
    ...bullet('All applicable oracles judge the run.'),
    ...bullet(explainArming(arming)),
    ...expect.flatMap(({ oracle, settings }) => {
      const told = Object.entries(settings).map(([key, value]) => `${key} ${showSetting(value, unitOf(oracle, key))}`)
      return bullet(`Required: ${[oracle, told.join(', ')].filter((part) => part !== '').join(', with ')}.`)
    }),
    ...properties.flatMap((property) => bullet(explainProperty(property))),
  ]
}

function explainProperty({ name, type, outcome, load, phase }: Scenario['properties'][number]): string {
  const which = type === 'always' ? 'every operation' : 'at least one operation'
  const when = phase === null ? '' : ` that is asked in the phase ${phase}`
  return `${name}: ${which} of the load ${load}${when} ends ${outcome}.`
}

function explainArming({ faultHits, unansweredForMs }: Scenario['arming']): string {
  const silence = `leave one without an answer for ${formatDuration(unansweredForMs)}`
  if (faultHits === 0)
    return unansweredForMs === 0
      ? 'It proves something even if no fault hits an exchange: a client may be right never to meet one.'
      : `It proves something only if faults ${silence}.`
  const hits = faultHits === 1 ? 'one exchange' : `${faultHits} exchanges`
  const less = faultHits === 1 ? '' : ' (fewer, where the client sends fewer into them)'
  return `It proves something only if faults hit at least ${hits}${less}${unansweredForMs === 0 ? '' : ` and ${silence}`}.`
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
