// Smaller cases of a case, the greatest step first: fewer windows, a shorter run, less that is asked, one process; then shorter
// windows, simpler shapes, everything instead of a part, plain parameters, a simpler kind. A person is to read what is left.

import { exactDuration, parseDuration } from '#clock/instant.ts'
import { faultKinds } from '#fault/catalog.ts'
import { possibleEffects } from '#fault/problem.ts'
import type { Case, LoadText, Window, Workload } from './case.ts'
import { lastLift } from './case-text.ts'

/** Every smaller case that is one step away. None has more of anything; not all of them are scenarios. */
export function smaller(found: Case): readonly Case[] {
  const { windows } = found
  return [
    ...fewerWindows(windows).map((fewer) => ({ ...found, windows: fewer })),
    ...smallerWorkloads(found).map((less) => ({ windows, workload: less })),
    ...windows.flatMap((window, index) =>
      simplerWindows(window).map((simpler) => ({ ...found, windows: windows.with(index, simpler) })),
    ),
  ]
}

function fewerWindows(windows: readonly Window[]): readonly (readonly Window[])[] {
  if (windows.length < 2) return []
  const half = Math.ceil(windows.length / 2)
  const halves = windows.length > 3 ? [windows.slice(0, half), windows.slice(half)] : []
  return [...halves, ...windows.map((_, gone) => windows.filter((__, index) => index !== gone))]
}

/** What the run needs after the last window and before the first: recovery takes time to be judged. */
const [tailMs, headMs] = [600_000, 120_000]

function smallerWorkloads({ windows, workload }: Case): readonly Workload[] {
  const { loads, instances, shuffled, fromMs, untilMs } = workload
  const names = Object.keys(loads)
  const first = Math.min(...windows.map((window) => window.fromMs))
  const [end, start] = [lastLift(windows) + tailMs, first - headMs]
  const shorterEnd = untilMs - end > 60_000 ? [{ ...workload, untilMs: wholeMinute(end) }] : []
  const shorterStart = start - fromMs > 60_000 ? [{ ...workload, fromMs: Math.floor(start / 60_000) * 60_000 }] : []
  const without = (name: string) => Object.fromEntries(Object.entries(loads).filter(([other]) => other !== name))
  return [
    ...shorterEnd,
    ...shorterStart,
    ...(names.length > 1 ? names.map((name) => ({ ...workload, loads: without(name) })) : []),
    ...(instances > 1 ? [{ ...workload, instances: 1 }] : []),
    ...(shuffled ? [{ ...workload, shuffled: false }] : []),
    ...names.flatMap((name) =>
      simplerLoads(loads[name] as LoadText, untilMs - fromMs).map((load) => ({
        ...workload,
        loads: { ...loads, [name]: load },
      })),
    ),
  ]
}

function wholeMinute(ms: number): number {
  return Math.ceil(ms / 60_000) * 60_000
}

function simplerLoads(load: LoadText, spanMs: number): readonly LoadText[] {
  const { impatient, cancelAfter, ...patient } = load
  const rarer = halfAsOften(load, spanMs)
  return [
    ...(impatient !== undefined || cancelAfter !== undefined ? [patient as LoadText] : []),
    ...(rarer ? [rarer] : []),
  ]
}

/** Not below ten asks: with fewer, chance decides. */
function halfAsOften(load: LoadText, spanMs: number): LoadText | undefined {
  const { every, rate, ...rest } = load
  if (every !== undefined) {
    const gapMs = (parseDuration(every) ?? spanMs) * 2
    return spanMs / gapMs < 10 ? undefined : { ...rest, every: exactDuration(Math.round(gapMs)) }
  }
  const [count = '', per = ''] = (rate ?? '').split('/')
  const perMs = { s: 1_000, min: 60_000, h: 3_600_000 }[per] ?? Number.NaN
  const half = Number((Number(count) / 2).toFixed(4))
  return (half / perMs) * spanMs >= 10 ? { ...rest, rate: `${half}/${per}` } : undefined
}

function simplerWindows(window: Window): readonly Window[] {
  return [
    ...shorterWindows(window),
    ...(window.shape.kind === 'constant' ? [] : [{ ...window, shape: { kind: 'constant' } as const }]),
    ...(window.share < 1 ? [{ ...window, share: 1 }] : []),
    ...withoutNth(window),
    ...withoutEffect(window),
    ...widerScopes(window),
    ...plainerParameters(window),
    ...simplerKinds(window),
  ]
}

const shortestMs = 1_000

function shorterWindows(window: Window): readonly Window[] {
  const { fromMs, untilMs } = window
  const lasts = untilMs - fromMs
  const halves = [lasts / 8, lasts / 2].filter((ms) => ms >= shortestMs).map(Math.round)
  return halves.flatMap((ms) => [
    { ...window, untilMs: fromMs + ms },
    { ...window, fromMs: untilMs - ms },
  ])
}

/** When nothing smaller is left: the same with times that a person would write, and under names that tell what it is. */
export function tidier(found: Case): readonly Case[] {
  return found.windows.flatMap((window, index) =>
    [...rounderWindows(window), ...renamedWindows(window, found.windows)].map((tidy) => ({
      ...found,
      windows: found.windows.with(index, tidy),
    })),
  )
}

/** What became another kind is still called by the one that was drawn. Another name means other random streams, so it is tried. */
function renamedWindows(window: Window, all: readonly Window[]): readonly Window[] {
  const [, called = '', rest = ''] = /^(.+?)(-\d+(?:-refusals)?)$/u.exec(window.name) ?? []
  const name = window.kind + rest
  const isMisnamed = faultKinds.has(called) && called !== window.kind
  return isMisnamed && all.every((other) => other.name !== name) ? [{ ...window, name }] : []
}

/** Whole minutes, else whole seconds. */
function rounderWindows(window: Window): readonly Window[] {
  const { fromMs, untilMs } = window
  return [60_000, 1_000].flatMap((unit) => {
    const [from, until] = [Math.floor(fromMs / unit) * unit, Math.ceil(untilMs / unit) * unit]
    const isNews = from !== fromMs || until !== untilMs
    return isNews && from > 0 && until - from <= Math.max(2_000, 1.25 * (untilMs - fromMs))
      ? [{ ...window, fromMs: from, untilMs: until }]
      : []
  })
}

function withoutNth({ nth, ...rest }: Window): readonly Window[] {
  return nth === undefined ? [] : [rest]
}

function withoutEffect(window: Window): readonly Window[] {
  const kind = faultKinds.get(window.kind)
  if (window.effect !== 'committed' || !kind) return []
  const parameters = kind.schema.safeParse(window.with, { jitless: true })
  const canHaveNone = parameters.success && possibleEffects(kind, parameters.data).includes('none')
  return canHaveNone ? [{ ...window, effect: 'none' }] : []
}

/** A fault of a fleet is about some fleet; everything else may be about everything. */
function widerScopes(window: Window): readonly Window[] {
  const { where } = window
  const keys = Object.keys(where).filter((key) => key !== 'fleet')
  if (keys.length === 0) return []
  const without = (gone: string) => Object.fromEntries(Object.entries(where).filter(([key]) => key !== gone))
  const all = 'fleet' in where ? [] : [{ ...window, where: {} }]
  return [...all, ...(keys.length > 1 ? keys.map((key) => ({ ...window, where: without(key) })) : [])]
}

/** Without what need not be said. */
function plainerParameters(window: Window): readonly Window[] {
  const kind = faultKinds.get(window.kind)
  const names = Object.keys(window.with)
  if (!kind || names.length === 0) return []
  return names
    .map((gone) => Object.fromEntries(Object.entries(window.with).filter(([name]) => name !== gone)))
    .filter((parameters) => kind.schema.safeParse(parameters, { jitless: true }).success)
    .map((parameters) => ({ ...window, with: parameters }))
}

/** From what everybody understands to what few do. A window may become one of those that come before its own. */
const simplest: readonly { readonly kind: string; readonly with: Readonly<Record<string, unknown>> }[] = [
  { kind: 'status', with: { code: 503 } },
  { kind: 'status', with: { code: 429, retryAfter: '1' } },
  { kind: 'hang', with: {} },
  { kind: 'connection-reset', with: {} },
  { kind: 'latency', with: { delay: '5s' } },
  { kind: 'commit-then-fail', with: {} },
]

function simplerKinds(window: Window): readonly Window[] {
  const decides = faultKinds.get(window.kind)?.acts === 'decides'
  if (!decides) return []
  const own = simplest.findIndex(
    (one) => one.kind === window.kind && JSON.stringify(one.with) === JSON.stringify(window.with),
  )
  const { effect: _, ...rest } = window
  return simplest.slice(0, own < 0 ? undefined : own).map((simple) => ({ ...rest, ...simple }))
}
