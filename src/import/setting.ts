// What the proposed faults need in order to be met: workspaces in their regions, a fleet that can be overloaded, requests for what they
// hit, somebody who writes so that webhooks are sent. All of it is made up.

import type { Account } from './account.ts'
import type { Spoken } from './evidence.ts'
import { regionsIn, type Home, type Region } from './places.ts'
import type { Proposal } from './proposal.ts'

type Written = Readonly<Record<string, unknown>>

export type Setting = {
  readonly world: Written
  readonly load: Readonly<Record<string, Written>>
  readonly activity: Readonly<Record<string, Written>>
  /** A load that no fault may touch. */
  readonly control: string | null
}

/** The regions that the document tells of as hit; the first is ours. */
export function homesOf({ title, components }: Account, { byRule }: Spoken): readonly Region[] {
  const words = [title, ...components, ...[...byRule.values()].flat().map((said) => said.words)]
  return [...new Set(words.flatMap((one) => regionsIn(one)))].toSorted()
}

export function homeOf(regions: readonly Region[]): Home {
  const [first = 'us', ...others] = regions
  return { first, only: regions.length > 0 && others.length === 0 ? first : undefined }
}

/** From how long the run is to how often something is asked: some thousand times in all. */
function rhythm(spanMs: number): { readonly often: string; readonly seldom: string } {
  const hours = spanMs / 3_600_000
  if (hours <= 6) return { often: '10s', seldom: '30s' }
  if (hours <= 48) return { often: '1m', seldom: '3m' }
  return hours <= 120 ? { often: '5m', seldom: '15m' } : { often: '15m', seldom: '1h' }
}

/** `show` writes an instant. */
export function settingOf(
  faults: readonly Proposal[],
  regions: readonly Region[],
  spanMs: number,
  show: (at: number) => string,
): Setting {
  const { first, only } = homeOf(regions)
  const { often, seldom } = rhythm(spanMs)
  const isRegional =
    only !== undefined && faults.every(({ where }) => where['region'] === only || where['fleet'] === `${only}-rest`)
  const kinds = new Set(faults.map(({ kind }) => kind))
  const fleets = [...new Set(faults.flatMap(({ where }) => where['fleet'] ?? []))]
  const routed = Object.fromEntries(
    faults.flatMap(({ route }) => (route ? [[nameOf(route.intent), { do: route.intent, every: often }] as const] : [])),
  )
  const limit = faults.find(({ kind }) => kind === 'rate-limit')
  return {
    world: {
      workspaces: workspacesOf(regions, first, only),
      ...(fleets.length > 0 && { fleets: Object.fromEntries(fleets.map((fleet) => [fleet, ordinary])) }),
    },
    load: {
      reads: { do: 'contact.read', every: often, pick: 'zipf of 100' },
      replies: { do: 'conversation.reply', every: seldom },
      ...routed,
      ...(faults.some(({ where }) => where['product'] === 'graph') && {
        media: { do: 'media.fetch', every: often, pick: 'uniform of 50' },
      }),
      ...(kinds.has('index-lag') && { searches: { do: 'contact.search', every: often } }),
      ...(kinds.has('attachment-lag') && { conversations: { do: 'conversation.read', every: seldom } }),
      ...(limit && {
        burst: {
          do: 'tag.add',
          every: '4s',
          pick: 'uniform of 2000',
          from: show(limit.from),
          until: show(Math.min(limit.until, limit.from + 300_000)),
        },
      }),
      ...(isRegional && { control: { do: 'contact.read', every: seldom, workspace: 'sibling' } }),
    },
    activity: {
      ...([...kinds].some((kind) => kind.startsWith('webhook-')) && {
        inbound: { topic: 'conversation.user.created', every: seldom },
      }),
      ...(kinds.has('attachment-lag') && {
        files: { topic: 'conversation.user.replied', every: seldom, attachment: true },
      }),
    },
    control: isRegional ? 'control' : null,
  }
}

/** 8 workers at 60 ms serve 133 requests per second: 90 are an ordinary day, and what is beyond waits until it times out. */
const ordinary = {
  workers: 8,
  serviceTime: '60ms',
  queue: 1500,
  otherTenants: '90/s',
  abandoned: 'served',
  overflow: 'hang',
}

function workspacesOf(regions: readonly Region[], first: Region, only: Region | undefined): Written {
  const ours = { ours: { region: first } }
  if (only !== undefined) return { ...ours, sibling: { region: only === 'us' ? 'eu' : 'us' } }
  return { ...ours, ...Object.fromEntries(regions.slice(1).map((region) => [`ours-${region}`, { region }])) }
}

function nameOf(intent: string): string {
  return intent.replaceAll('.', '-')
}
