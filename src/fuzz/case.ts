// A case of a campaign: what goes wrong, while the client is asked what. Plain data, so that it can be changed a little, made
// smaller, and written down. Times are in ms since the start of the scenario that the campaign plays around.

import type { Shape } from '#fault/spec.ts'
import type { Effect } from '#history/event.ts'

/** One fault. Its name is also the name of its random streams, so that what is left of a case goes on as before when another
 * window is taken away. */
export type Window = {
  readonly name: string
  readonly kind: string
  readonly where: Readonly<Record<string, string>>
  readonly fromMs: number
  readonly untilMs: number
  readonly shape: Shape
  /** 0..1; 1 is all. */
  readonly share: number
  readonly nth?: number
  readonly effect?: Effect
  /** Parameters as a scenario writes them. */
  readonly with: Readonly<Record<string, unknown>>
}

/** A load as a scenario writes it. */
export type LoadText = Readonly<Record<string, string>>

export type Workload = {
  readonly loads: Readonly<Record<string, LoadText>>
  readonly instances: number
  /** What is due at the same instant happens in an order that chance decides. */
  readonly shuffled: boolean
  /** The stretch of the scenario that is played. */
  readonly fromMs: number
  readonly untilMs: number
}

export type Case = { readonly windows: readonly Window[]; readonly workload: Workload }

/** Cases of one workload have one twin. */
export function workloadKey(workload: Workload): string {
  return JSON.stringify(workload)
}

/** Two windows of one kind and scope must not be on at once: of those that clash the first is kept. */
export function withoutClashes(windows: readonly Window[]): readonly Window[] {
  return windows.filter((window, index) => !windows.slice(0, index).some((earlier) => clash(earlier, window)))
}

function clash(one: Window, other: Window): boolean {
  const together = one.fromMs < other.untilMs && other.fromMs < one.untilMs
  return together && one.kind === other.kind && one.nth === other.nth && scopeOf(one) === scopeOf(other)
}

function scopeOf({ where }: Window): string {
  return JSON.stringify(Object.entries(where).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
