// Which part of a run is in view, and how it moves. A view never leaves the run, and is never shorter than a few steps.

import type { View } from './figures.ts'

export type Ground = { readonly endMs: number; readonly leastMs: number }

export function whole({ endMs }: Ground): View {
  return { from: 0, until: endMs }
}

export function within({ from, until }: View, { endMs, leastMs }: Ground): View {
  const length = Math.min(endMs, Math.max(leastMs, until - from))
  const middle = (from + until) / 2
  const begin = until - from >= leastMs ? from : middle - length / 2
  const kept = Math.min(Math.max(0, begin), endMs - length)
  return { from: kept, until: kept + length }
}

/** `factor` below 1 shows less; what is at `at` stays where it is. */
export function zoomed({ from, until }: View, factor: number, at: number, ground: Ground): View {
  return within({ from: at - (at - from) * factor, until: at + (until - at) * factor }, ground)
}

/** By a part of what is in view. */
export function moved({ from, until }: View, part: number, ground: Ground): View {
  const by = (until - from) * part
  return within({ from: from + by, until: until + by }, ground)
}

/** A stretch with some room around it. */
export function around({ from, until }: View, ground: Ground): View {
  const room = Math.max((until - from) * 0.5, ground.leastMs)
  return within({ from: from - room, until: until + room }, ground)
}

/** As it stands behind `#t=`: seconds since the start. */
export function linkOf({ from, until }: View): string {
  return `#t=${Math.round(from / 1_000)}-${Math.round(until / 1_000)}`
}

export function viewOfLink(link: string, ground: Ground): View | null {
  const match = /^#t=(\d{1,12})-(\d{1,12})$/u.exec(link)
  if (!match) return null
  const [from, until] = [Number(match[1]) * 1_000, Number(match[2]) * 1_000]
  return from < until && from < ground.endMs ? within({ from, until }, ground) : null
}
