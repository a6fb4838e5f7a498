// Times on an axis as incidents are told: 24 hours, UTC, the day where it changes.

import { axisX, type Markish } from '@observablehq/plot'
import { formatInstant } from '#clock/instant.ts'
import type { View } from './figures.ts'

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** About one label for each so many pixels. */
const room = 80

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const stepsMs = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 91, 365, 3_650].map((count) => count * day),
]

/** `view` in milliseconds since the epoch. */
export function clockAxis(anchor: 'top' | 'bottom', width: number, view: View): Markish {
  const wanted = (view.until - view.from) / Math.max(2, width / room)
  const step = stepsMs.find((ms) => ms >= wanted) ?? Math.ceil(wanted / day) * day
  const first = Math.ceil(view.from / step)
  const count = Math.max(0, Math.floor(view.until / step) - first + 1)
  const ticks = Array.from({ length: count }, (_, index) => (first + index) * step)
  const words = new Map(ticks.map((tick, index) => [tick, wordsOf(tick, ticks[index - 1], step)]))
  return axisX(
    ticks.map((tick) => new Date(tick)),
    { anchor, label: null, tickFormat: (tick: Date) => words.get(tick.getTime()) ?? '', fontVariant: 'tabular-nums' },
  )
}

function wordsOf(tick: number, before: number | undefined, step: number): string {
  const instant = formatInstant(tick)
  const isNewDay = before === undefined || formatInstant(before).slice(0, 10) !== instant.slice(0, 10)
  const time = instant.slice(11, step >= minute ? 16 : step >= second ? 19 : 23)
  return isNewDay ? `${time}\n${Number(instant.slice(8, 10))} ${months[Number(instant.slice(5, 7)) - 1]}` : time
}
