// What is wrong with a fault that is well formed: times outside of the run or in the recovery, scopes that match nothing,
// two faults of one kind at one place. A fault that matches nothing is an error, because a run would prove nothing by it.

import { formatDuration } from '#clock/instant.ts'
import { specProblem } from '#fault/problem.ts'
import type { FaultSpec, Scope } from '#fault/spec.ts'
import type { PhaseMark } from '#history/header.ts'
import { didYouMean, suggest } from './problem.ts'
import type { Path, Problems } from './problem.ts'
import type { Calendar } from './run-section.ts'
import type { Workspace } from './scenario.ts'
import { products, routesIn, topics } from './services.ts'
import { shapesIn } from './shape-section.ts'
import type { Simulated } from './world-services.ts'

/** What faults are checked against. */
export type Surroundings = {
  readonly workspaces: readonly Workspace[]
  readonly simulated: Simulated
  readonly fleets: readonly string[]
  readonly phases: readonly PhaseMark[]
}

/** What is told back as it stands in the file. */
type Written = Parameters<typeof shapesIn>[0] & { readonly from: string; readonly until: string }

/** `readable`: its parameters could be read. */
type Context = {
  readonly calendar: Calendar
  readonly around: Surroundings
  readonly problems: Problems
  readonly readable: boolean
}

export function checkFault(spec: FaultSpec, written: Written, context: Context): void {
  const { calendar, around, problems, readable } = context
  const { name, where, from, until } = spec
  const path = ['faults', name]
  checkTimes(spec, written, calendar, around.phases, problems)
  checkNames(where, path, around, problems)
  checkRoute(where, path, around.simulated, problems)
  checkHome(where, path, around, problems)
  if (readable) checkTarget(spec, path, around.simulated, problems)
  // Said in better words above, or not to be judged.
  if (!readable || until <= from || !hasNames(where, around)) return
  const problem = specProblem(spec, around.fleets)
  if (problem) {
    const place = [...path, keyOf(problem.key, written)]
    problems.value(place, `the fault \`${name}\` makes no sense: ${clause(problem.what)}`)
  }
}

export function checkTogether(specs: readonly FaultSpec[], calendar: Calendar, problems: Problems): void {
  for (const [index, spec] of specs.entries()) {
    const other = specs.slice(0, index).find((earlier) => clash(earlier, spec))
    if (other) explainClash(other, spec, calendar, problems)
  }
}

function checkTimes(
  { name: fault, from, until, shape }: FaultSpec,
  written: Written,
  calendar: Calendar,
  phases: readonly PhaseMark[],
  problems: Problems,
): void {
  const path = ['faults', fault]
  if (until <= from) {
    problems.value(
      [...path, 'until'],
      `the fault \`${fault}\` ends at ${written.until}, which is not after its start at ${written.from}`,
    )
  }
  if (from === 0)
    problems.value(
      [...path, 'from'],
      `the fault \`${fault}\` starts with the run`,
      'Start the run earlier: the baseline before the first fault is what the rest is compared with.',
    )
  const recovery = phases.find((phase) => phase.name === 'recovery')
  if (recovery && until > recovery.at && until <= calendar.spanMs) {
    problems.value(
      [...path, 'until'],
      `the fault \`${fault}\` ends at ${written.until}, but the recovery starts at ${calendar.show(recovery.at)}`,
      'No fault is active in the recovery.',
    )
  }
  if (shape.kind === 'ramp' && until > from && shape.overMs > until - from) {
    problems.value(
      [...path, 'ramp'],
      `the fault \`${fault}\` rises for ${formatDuration(shape.overMs)} but lasts only ${formatDuration(until - from)}`,
    )
  }
}

/** Regions, fleets and workspaces of a scope, each with those that a fault can meet. */
function choices(where: Scope, { workspaces, simulated, fleets }: Surroundings): readonly Choice[] {
  // Without a workspace in a region, nothing of ours goes there.
  const hosted = workspaces.flatMap((workspace) => simulated.servedIn(workspace.region))
  const reached = simulated.places.filter((place) => hosted.includes(place) || place === 'global')
  const ofFleet = where.fleet?.split('-', 1)[0]
  return [
    { key: 'region', wrong: where.region, known: reached, words: 'no workspace is hosted in the region' },
    { key: 'product', wrong: where.product, known: simulated.products, words: 'no service is the product' },
    { key: 'fleet', wrong: where.fleet, known: fleets, words: 'the world has no fleet' },
    {
      key: 'workspace',
      wrong: where.workspace,
      known: workspaces.map((one) => one.name),
      words: 'the world has no workspace',
    },
    {
      key: 'shard',
      wrong: where.shard,
      known: [...new Set(workspaces.map((one) => one.shard))],
      words: 'no workspace is on the shard',
    },
    { key: 'topic', wrong: where.topic, known: topics, words: 'no webhook has the topic' },
    ...(where.fleet !== undefined && fleets.includes(where.fleet)
      ? [{ key: 'fleet', wrong: ofFleet, known: reached, words: 'no workspace is hosted in the region' }]
      : []),
  ]
}

type Choice = {
  readonly key: string
  readonly wrong: string | undefined
  readonly known: readonly string[]
  readonly words: string
}

function hasNames(where: Scope, around: Surroundings): boolean {
  return choices(where, around).every(({ wrong, known }) => wrong === undefined || known.includes(wrong))
}

function checkNames(where: Scope, path: Path, around: Surroundings, problems: Problems): void {
  for (const { key, wrong, known, words } of choices(where, around)) {
    if (wrong !== undefined && !known.includes(wrong)) {
      problems.value(
        [...path, 'where', key],
        `the fault \`${path.at(-1)}\` can match nothing: ${words} \`${wrong}\``,
        suggest(wrong, known, `${key}s`),
      )
    }
  }
}

/** A workspace lives in one place, so the keys that say where can contradict each other. */
function checkHome(where: Scope, path: Path, around: Surroundings, problems: Problems): void {
  const { workspace, shard, region } = where
  const keys = (['workspace', 'shard', 'region'] as const).filter((key) => where[key] !== undefined)
  // What is of no region (a status page) belongs to no workspace's home.
  if (keys.length < 2 || region === 'global' || !hasNames(where, around)) return
  const fits = around.workspaces.some(
    (one) =>
      (workspace === undefined || one.name === workspace) &&
      (shard === undefined || one.shard === shard) &&
      (region === undefined || around.simulated.servedIn(one.region).includes(region)),
  )
  if (fits) return
  const told = keys.map((key) => `${key} \`${where[key]}\``).join(', ')
  problems.value(
    [...path, 'where', keys[0] ?? ''],
    `the fault \`${path.at(-1)}\` can match nothing: no workspace is of ${told}`,
  )
}

/** A client that is sent out of the simulation would end the run as somebody's mistake. */
function checkTarget(
  { name: fault, kind, params }: FaultSpec,
  path: Path,
  { hosts }: Simulated,
  problems: Problems,
): void {
  const target = kind.leadsTo?.(params)
  if (target === undefined || hosts.includes(target)) return
  const what = `the fault \`${fault}\` leads to the host \`${target}\`, which is not simulated`
  problems.value([...path, 'with', 'host'], what, suggest(target, hosts, 'hosts'))
}

/** A sentence as part of another one. */
function clause(told: string): string {
  return told.replace(/^(?:An?|The|This) /u, (article) => article.toLowerCase()).replace(/\.$/u, '')
}

/** A malformed route is `specProblem`'s business. */
function checkRoute(where: Scope, path: Path, { routes }: Simulated, problems: Problems): void {
  const { route, method } = where
  if (route === undefined || !route.startsWith('/') || routesIn(where, routes).length > 0) return
  const label = `the fault \`${path.at(-1)}\` can match nothing`
  const methods = routesIn({ route }, routes).flatMap((known) => known.methods)
  const { product, fleet } = where
  if (routesIn({ route, ...(method !== undefined && { method }) }, routes).length > 0) {
    const server = product === undefined ? `fleet \`${fleet}\`` : `product \`${product}\``
    problems.value([...path, 'where', 'route'], `${label}: the ${server} does not serve \`${route}\``)
  } else if (method !== undefined && methods.length > 0) {
    problems.value(
      [...path, 'where', 'method'],
      `${label}: no service has a ${method.toUpperCase()} ${route}`,
      suggest(method, [...new Set(methods)], 'methods'),
    )
  } else {
    // Who has an API of their own is not helped by a list of Intercom's.
    const own = routes.filter(({ product: of }) => of !== undefined && !products.includes(of))
    const templates = (own.length > 0 ? own : routes).map((known) => known.template)
    const near = didYouMean(
      route,
      routes.map((known) => known.template),
    )
    problems.value(
      [...path, 'where', 'route'],
      `${label}: no service has the route \`${route}\``,
      near ?? suggest(route, templates, 'routes'),
    )
  }
}

/** Where in the file the field of a spec stands. */
function keyOf(key: keyof FaultSpec, written: Written): string {
  if (key === 'shape') return shapesIn(written)[0] ?? key
  return key === 'params' ? 'with' : key
}

function clash(one: FaultSpec, other: FaultSpec): boolean {
  const together = one.from < other.until && other.from < one.until
  return together && one.kind === other.kind && one.nth === other.nth && scopeText(one.where) === scopeText(other.where)
}

function scopeText(where: Scope): string {
  return JSON.stringify(Object.entries(where).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function explainClash(one: FaultSpec, other: FaultSpec, calendar: Calendar, problems: Problems): void {
  const from = calendar.show(Math.max(one.from, other.from))
  const until = calendar.show(Math.min(one.until, other.until))
  problems.key(
    ['faults', other.name],
    `the faults \`${one.name}\` and \`${other.name}\` overlap from ${from} to ${until}`,
    `Two faults of one kind (${one.kind.kind}) with the same \`where\` must not be active together: make one of them, or separate their times.`,
  )
}
