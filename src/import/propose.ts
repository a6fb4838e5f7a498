// From words to proposed faults: each with its scope, its time and the words that it comes from. A fault whose words are the symptom of
// another one is not proposed beside it; what is left out is said.

import { limits } from '#context/limits.ts'
import type { Account } from './account.ts'
import type { Said, Spoken } from './evidence.ts'
import type { Rule } from './rule.ts'
import { placeOf, routeIn, type Home, type Part, type Route } from './places.ts'
import type { Proposal } from './proposal.ts'
import { stretchFaults } from './stretch-faults.ts'
import { isInBursts, percentIn, shareIn } from './tone.ts'
import type { Window } from './window.ts'

export type Proposed = {
  readonly faults: readonly Proposal[]
  /** What the words would also speak for. */
  readonly left: readonly string[]
  /** Words of weak rules, which spoke in vain because others knew better. */
  readonly vain: readonly Said[]
}

type Picked = { readonly rule: Rule; readonly said: readonly Said[]; readonly follows: readonly Said[] }

/** `window` is `null` where nothing has a time. */
export function propose(account: Account, spoken: Spoken, window: Window | null, home: Home): Proposed {
  const strong = pick([...spoken.byRule].filter(([{ isWeak }]) => !isWeak))
  const weak = [...spoken.byRule].filter(([{ isWeak }]) => isWeak)
  const parts = new Set(strong.map(({ rule }) => partOf(rule)))
  const ofStretches = window
    ? stretchFaults(account.stretches, window, parts, home)
    : { faults: [], told: [], left: [] }
  const none = strong.length === 0 && ofStretches.faults.length === 0
  const workOnly =
    account.work !== null && !parts.has('api') && ofStretches.faults.every(({ where }) => where['product'] !== 'rest')
  const picked = [...strong, ...(none || workOnly ? pick(weak).slice(0, 1) : [])]
  const figure = weak.flatMap(([, said]) => said).find((one) => percentIn(one.words))
  const proposals = [
    ...picked.map((one) => proposalOf(withFigure(one, figure), account, window, home)),
    ...ofStretches.faults,
  ]
  const { kept, left } = withoutClashes(proposals, window !== null)
  const told = new Set(proposals.flatMap(({ said }) => said))
  const vain = weak.flatMap(([, said]) => said).filter((one) => !told.has(one))
  return { faults: kept, left: [...ofStretches.told, ...ofStretches.left, ...left], vain: [...new Set(vain)] }
}

/** `About 12% of requests failed` says how much of what other words tell of. */
function withFigure(picked: Picked, figure: Said | undefined): Picked {
  const { rule, said, follows } = picked
  const isAnswer = rule.target === 'requests' && figure !== undefined
  return isAnswer && firstShare([...said, ...follows]) === undefined
    ? { ...picked, follows: [...follows, figure] }
    : picked
}

function partOf({ target }: Rule): 'api' | 'webhooks' | 'media' {
  return target === 'webhooks' || target === 'media' ? target : 'api'
}

/** Without those that another one explains, whose words it gets. */
function pick(entries: readonly (readonly [Rule, readonly Said[]])[]): readonly Picked[] {
  const explained = new Map<Rule, Rule>()
  for (const [rule] of entries)
    for (const [other] of entries)
      if (rule.explains?.includes(other.name) && !explained.has(rule) && !explained.has(other))
        explained.set(other, rule)
  return entries
    .filter(([rule]) => !explained.has(rule))
    .map(([rule, said]) => ({
      rule,
      said,
      follows: entries.flatMap(([other, words]) =>
        explained.get(other) === rule ? words.filter((one) => !said.includes(one)) : [],
      ),
    }))
}

function proposalOf({ rule, said, follows }: Picked, account: Account, window: Window | null, home: Home): Proposal {
  const { isOfComponent, ...time } = windowOfFault(said, window, stretchOf(account, partOf(rule)))
  const words = said.map((one) => one.words).join('\n')
  const amount =
    rule.target === 'requests' || rule.target === 'webhooks' ? firstShare([...said, ...follows]) : undefined
  const share = rule.share ?? amount?.share
  const routes = new Map(said.flatMap((one) => routeIn(one.words) ?? []).map((route) => [route.route, route]))
  const agree = routes.size === 1 && said.every((one) => routeIn(one.words) !== undefined)
  const route = rule.target === 'requests' && agree ? [...routes.values()][0] : undefined
  const parameters = typeof rule.with === 'function' ? rule.with(words) : rule.with
  const bursts = rule.kind === 'status' && (rule.name === 'maintenance' || said.some((one) => isInBursts(one.words)))
  return {
    name: rule.name,
    kind: rule.kind,
    where: scopeOf(rule, home, route),
    ...time,
    ...(share !== undefined && { share }),
    ...(bursts && { square: { period: '16m', on: '25%' } }),
    ...(parameters && { with: parameters }),
    ...(route && { route }),
    why: [
      rule.why,
      ...(amount ? [`a share of ${amount.share}, because it says ${JSON.stringify(amount.word)}`] : []),
      ...(isOfComponent ? ['its time is that of the component'] : []),
      ...(bursts ? ['short interruptions; how short and how many is a guess'] : []),
    ],
    said: [...new Set([...said, ...follows])],
  }
}

function firstShare(said: readonly Said[]): ReturnType<typeof shareIn> {
  return said.map(({ words }) => shareIn(words)).find((one) => one !== undefined)
}

function scopeOf({ target }: Rule, { only, first }: Home, route: Route | undefined): Record<string, string> {
  const region = only === undefined ? {} : { region: only }
  if (target === 'fleet') return { fleet: `${first}-rest` }
  if (target === 'media') return { product: 'graph' }
  return target === 'requests' ? { ...region, product: 'rest', ...(route && { route: route.route }) } : region
}

type Span = { readonly from: number; readonly until: number }

/** From the first moment in which a component of this part was hit to the last. */
function stretchOf({ stretches }: Account, part: Part): Span | undefined {
  const own = stretches.filter(({ component }) => placeOf(component)?.part === part)
  if (own.length === 0) return undefined
  return {
    from: Math.min(...own.map(({ from }) => from)),
    until: Math.max(...own.map(({ until }) => until ?? Infinity)),
  }
}

/** A component of the document knows best; then a line that says when these words begin. */
function windowOfFault(
  said: readonly Said[],
  window: Window | null,
  stretch: Span | undefined,
): Span & { readonly isOfComponent: boolean } {
  if (!window) return { from: 0, until: 0, isOfComponent: false }
  const [from, until] = [window.from.at, window.until.at]
  const within = stretch && { from: Math.max(from, stretch.from), until: Math.min(until, stretch.until) }
  if (within && within.from < within.until)
    return { ...within, isOfComponent: within.from > from || within.until < until }
  const own = said.filter(({ begins }) => begins).flatMap(({ at }) => at ?? [])
  const dated = Math.min(...own.filter((at) => at >= from && at < until))
  const isDated = said.every(({ at }) => at !== null) && Number.isFinite(dated)
  return { from: isDated ? dated : from, until, isOfComponent: false }
}

/** Two of a kind at one place at one time are one; a drill has each at a time of its own. */
function withoutClashes(
  proposals: readonly Proposal[],
  together: boolean,
): { readonly kept: readonly Proposal[]; readonly left: readonly string[] } {
  const kept: Proposal[] = []
  const left: string[] = []
  for (const proposal of proposals) {
    const other = together ? kept.find((one) => clash(one, proposal)) : undefined
    const places = [...new Set(proposal.said.map(({ place }) => place))].join(', ')
    if (other)
      left.push(
        `${proposal.name} (${places}) is not proposed: at the same place and time there is ${other.name}, which is a ${other.kind}, too.`,
      )
    else if (kept.length >= limits.proposedFaults)
      left.push(`${proposal.name} (${places}) is not proposed: there are ${limits.proposedFaults} faults.`)
    else kept.push({ ...proposal, name: freeName(proposal.name, kept) })
  }
  return { kept: together ? shared(kept) : kept, left }
}

function clash(one: Proposal, other: Proposal): boolean {
  const together = one.from < other.until && other.from < one.until
  return together && one.kind === other.kind && JSON.stringify(one.where) === JSON.stringify(other.where)
}

function freeName(name: string, kept: readonly Proposal[]): string {
  const taken = new Set(kept.map((one) => one.name))
  for (let nth = 1; ; nth += 1) {
    const candidate = nth === 1 ? name : `${name}-${nth}`
    if (!taken.has(candidate)) return candidate
  }
}

/** Of several answers to one request only the first would be seen, if each were always given. */
function shared(faults: readonly Proposal[]): readonly Proposal[] {
  const answers: readonly string[] = [
    'status',
    'hang',
    'connection-reset',
    'connection-refused',
    'connect-timeout',
    'dns-failure',
    'tls-failure',
    'token-revoked',
    'scope-removed',
  ]
  const whole = faults.filter(
    ({ kind, share, where }) => answers.includes(kind) && share === undefined && where['route'] === undefined,
  )
  if (whole.length < 2) return faults
  return faults.map((fault) => {
    const nth = whole.indexOf(fault)
    if (nth < 0) return fault
    // Asked one after another: the nth gets an equal part of what the others leave.
    const share = `${Math.round(100 / (whole.length - nth))}%`
    return {
      ...fault,
      share,
      why: [...fault.why, `a share of ${share}, so that each of ${whole.length} faults is met as often`],
    }
  })
}
