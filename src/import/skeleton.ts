// The skeleton as data: the sections of a scenario, in the order in which the library has them.

import { formatInstant } from '#clock/instant.ts'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { showTime } from '#scenario/run-section.ts'
import type { ScenarioData } from '#scenario/write.ts'
import type { Account } from './account.ts'
import type { Spoken } from './evidence.ts'
import { factOf } from './notes.ts'
import { pageSections } from './page-sections.ts'
import type { Phase } from './phases.ts'
import type { Region } from './places.ts'
import type { Proposal } from './proposal.ts'
import { homeOf, settingOf } from './setting.ts'
import { withoutMarks } from './latin.ts'
import { tidy } from './words.ts'
import type { Edge, Window } from './window.ts'

export type Parts = {
  readonly account: Account
  readonly file: string
  readonly name: string | undefined
  readonly spoken: Spoken
  readonly regions: readonly Region[]
  /** `null`: a drill. */
  readonly window: Window | null
  readonly faults: readonly Proposal[]
  readonly phases: readonly Phase[]
}

export type Skeleton = {
  readonly name: string
  readonly data: ScenarioData
  readonly faults: readonly Proposal[]
  readonly provenance: string
  readonly assumed: readonly string[]
}

const minute = 60_000
const before = 15 * minute
const after = 20 * minute

export function skeletonOf(parts: Parts): Skeleton {
  const { account, file, faults, phases, regions, window } = parts
  const show = (at: number): string => showTime(at, account.day)
  const pages = pageSections(account, regions, show)
  const run = runOf(phases, pages.times, file)
  const setting = settingOf(faults, regions, run.until - run.from, show)
  const severity = account.severity?.is ?? 'P2'
  const name = parts.name ?? nameFrom(account.title, file)
  const { page, maintenances } = pages
  // Who asks with GET, or reads its limit, is right never to meet these.
  const isAvoidable = faults.every(({ kind, where }) => kind === 'rate-limit' || where['product'] === 'graph')
  const data = {
    scenario: name,
    title: account.title,
    tags: ['imported'],
    source: { document: account.url ?? (tidy(file) || 'a file'), date: account.day, severity },
    run: { from: show(run.from), until: show(run.until) },
    world: setting.world,
    load: setting.load,
    ...(Object.keys(setting.activity).length > 0 && { activity: setting.activity }),
    faults: Object.fromEntries(faults.map((fault) => [fault.name, written(fault, show)])),
    ...(page.length > 0 && { statusPage: page }),
    ...(maintenances && { maintenances }),
    phases: Object.fromEntries(phases.map((phase) => [phase.name, show(phase.at)])),
    ...(account.moments.length > 0 && {
      timeline: account.moments.map((moment) => ({
        at: show(moment.at),
        fact: factOf(moment) || 'A time without words.',
      })),
    }),
    evidence: evidenceOf(parts, setting.activity, page.length > 0, maintenances !== null),
    ...(isAvoidable && { armed: { faultHits: 0 } }),
    ...(setting.control !== null && { expect: { unaffected: { load: setting.control, success: '99%' } } }),
  }
  return { name, data, faults, provenance: provenanceOf(parts), assumed: assumedOf(parts, pages.assumed, window) }
}

/** From some minutes before all that is simulated to some minutes after it. */
function runOf(
  phases: readonly Phase[],
  times: readonly number[],
  file: string,
): { readonly from: number; readonly until: number } {
  const all = [...phases.map(({ at }) => at), ...times]
  const whole = (at: number): number => Math.floor(at / minute) * minute
  const [first, last] = [Math.min(...all), Math.max(...all)]
  // What the page showed may lie far from the trouble itself.
  if (last - first > limits.importedSpanMs)
    throw new UserError(`the times of the document go from ${dayOf(first)} to ${dayOf(last)}, which is no incident`, {
      place: { file },
      hint: 'Is one of the dates wrong?',
    })
  return { from: whole(first - before), until: whole(last + after) }
}

function dayOf(at: number): string {
  return formatInstant(at).slice(0, 10)
}

function written(fault: Proposal, show: (at: number) => string): Record<string, unknown> {
  const { kind, where, from, until, square, share } = fault
  return {
    kind,
    ...(Object.keys(where).length > 0 && { where }),
    from: show(from),
    until: show(until),
    ...(square && { square }),
    ...(share !== undefined && { share }),
    ...(fault.with && { with: fault.with }),
  }
}

function evidenceOf(
  { account, window, regions, spoken }: Parts,
  activity: object,
  hasPage: boolean,
  hasWork: boolean,
): Record<string, unknown> {
  const isTold = window !== null && !window.from.isAssumed && !window.until.isAssumed
  const { only } = homeOf(regions)
  const documented = {
    ...(only !== undefined && { 'world.workspaces.ours': `the document names no region but ${only}` }),
    ...(hasPage && pageTold(account)),
    ...(isTold && { phases: 'each begins with a dated fact of the document' }),
  }
  const calm = [...new Set(spoken.calm.map(({ words }) => tidy(words)))].filter((words) => words !== '')
  return {
    documented,
    assumed: [
      'run',
      'world',
      'load',
      ...(Object.keys(activity).length > 0 ? ['activity'] : []),
      'faults',
      ...(hasPage ? ['statusPage'] : []),
      ...(hasWork ? ['maintenances'] : []),
      ...(isTold ? [] : ['phases']),
    ],
    ...(calm.length > 0 && { notSimulated: calm }),
  }
}

/** When the page changed; which component it was about and how bad it was said to be is ours. */
function pageTold({ page }: Account): Record<string, string> {
  const [opened, resolved] = [page?.opened, page?.resolved]
  return {
    ...(opened && { 'statusPage.0.at': tidy(`${opened.place}: the page tells of it`) }),
    ...(opened &&
      resolved &&
      resolved.at > opened.at && { 'statusPage.1.at': tidy(`${resolved.place}: the page calls it resolved`) }),
  }
}

function provenanceOf({ account }: Parts): string {
  const [first, last] = [account.moments[0], account.moments.at(-1)]
  const dates =
    first && last
      ? `Its dated words go from ${shortTime(first.at)} to ${shortTime(last.at)}.`
      : 'None of its words has a time.'
  return [account.url === null ? '' : `It is of ${account.url}.`, dates].filter((part) => part !== '').join(' ')
}

function shortTime(at: number): string {
  return `${formatInstant(at).slice(0, 16).replace('T', ' ')}Z`
}

function assumedOf(
  { account, regions, window }: Parts,
  ofPage: readonly string[],
  edges: Window | null,
): readonly string[] {
  const { severity } = account
  const region =
    regions.length === 0 ? ['No region is named: our workspace is taken to be in the US, and no region is spared.'] : []
  return [
    ...account.remarks,
    ...(window ? [] : ['The document has no time: all times are made up, and each fault has five minutes of its own.']),
    ...(edges ? [edgeInWords('begins', edges.from), edgeInWords('ends', edges.until)] : []),
    severity
      ? `The severity is ${severity.is}: ${severity.place}, ${JSON.stringify(severity.words)}.`
      : 'The severity is P2: the document says none.',
    ...region,
    ...ofPage,
    'The world and the load are the least that meets these faults.',
  ]
}

function edgeInWords(what: 'begins' | 'ends', { at, because, isAssumed }: Edge): string {
  return `The trouble ${what} at ${shortTime(at)}${isAssumed ? ', which nobody says' : ''}: ${because}.`
}

/** A word that a person can type: of the title, or of the file. */
function nameFrom(title: string, file: string): string {
  const stem = file.replace(/^.*[\\/]/u, '').replace(/\.[^.]*$/u, '')
  const [ofTitle, ofFile] = [title, stem].map(slug)
  const short = title.length <= 80 ? ofTitle : undefined
  return [short, ofFile, ofTitle].find((name) => name !== undefined && /[a-z]/u.test(name)) ?? 'imported-incident'
}

function slug(text: string): string {
  const words = withoutMarks(text)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
  return words.length <= 60 ? words : words.slice(0, 60).replace(/-[^-]*$/u, '')
}
