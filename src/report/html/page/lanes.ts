// The swim lanes of a witness: an operation, below it its attempts, each as long as it took.

import { axisY, barX, dot, plot, text, tickX, type Markish } from '@observablehq/plot'
import type { Lane, Story } from '#scene/story.ts'
import { clockAxis } from './clock-axis.ts'
import { asPicture } from './dom.ts'
import type { View } from './figures.ts'
import { clustersOf, rowsOf, type Row } from './lane-rows.ts'

export function drawStory(story: Story, startMs: number, width: number): readonly Element[] {
  return clustersOf(story.lanes).map((lanes) => asPicture(drawLanes({ lanes, story, startMs, width })))
}

type Drawing = {
  readonly lanes: readonly Lane[]
  readonly story: Story
  readonly startMs: number
  readonly width: number
}
/** A moment in the row of a lane. */
type Tick = { readonly key: string; readonly at: number }

const rowHeight = 22
const characterWidth = 6.2

function drawLanes(drawing: Drawing): Element {
  const { lanes, startMs, width } = drawing
  const rows = lanes.flatMap(rowsOf)
  const due = ticksOf(lanes, ({ dueAt }) => dueAt)
  const from = Math.min(...rows.map((row) => row.from))
  const until = Math.max(from + 1, ...rows.map((row) => row.until), ...due.map(({ at }) => at))
  const isNarrow = width < 640
  const left = isNarrow ? 110 : 210
  // What came of each attempt stands behind it, so there must be room there.
  const behind = isNarrow ? 0.1 : 0.75
  return plot({
    width,
    height: rows.length * rowHeight + 40,
    marginLeft: left,
    marginRight: 12,
    marginTop: 4,
    marginBottom: 32,
    className: 'plot',
    ariaLabel: `${lanes.map(({ title }) => title).join(', ')}: attempts and answers`,
    x: {
      type: 'utc',
      domain: [startMs + from - (until - from) * 0.01, startMs + until + (until - from) * behind],
      label: null,
    },
    y: { type: 'band', domain: rows.map(({ key }) => key), padding: 0.18, label: null },
    marks: [
      clockAxis('bottom', (width - left) / (1 + behind), { from: startMs + from, until: startMs + until }),
      titles(rows, left),
      ...bars(rows, startMs, (until - from) * 0.002),
      ...tickMarks(drawing, due, { from, until }),
      ...(isNarrow ? [] : [ends(rows, startMs, Math.floor(((width - left) * 0.42) / characterWidth))]),
    ],
  })
}

function ticksOf(lanes: readonly Lane[], timeOf: (lane: Lane) => number | null): Tick[] {
  return lanes.flatMap((lane, place) => {
    const at = timeOf(lane)
    return at === null ? [] : [{ key: `${place}`, at }]
  })
}

function titles(rows: readonly Row[], left: number): Markish {
  const room = Math.floor((left - 10) / characterWidth)
  const words = new Map(rows.map(({ key, title, thick }) => [key, `${thick ? '\u00A0\u00A0' : ''}${title}`]))
  return axisY({
    tickSize: 0,
    label: null,
    textAnchor: 'start',
    dx: 10 - left,
    tickFormat: (key: string) => cutTo(words.get(key) ?? '', room),
  })
}

/** Operations are thin, attempts are thick; none is so short that it cannot be seen. */
function bars(rows: readonly Row[], startMs: number, leastMs: number): Markish[] {
  return [false, true].map((thick) => {
    const inset = thick ? 0 : 5
    return barX(
      rows.filter((row) => row.thick === thick),
      {
        x1: (row: Row) => startMs + row.from,
        x2: (row: Row) => startMs + Math.max(row.until, row.from + leastMs),
        y: 'key',
        fill: ({ tone }: Row) => (tone === 'none' ? 'var(--shade)' : `var(--${tone})`),
        insetTop: inset,
        insetBottom: inset,
        rx: 2,
        title: ({ title, end }: Row) => `${title}: ${end}`,
        className: thick ? 'attempts' : 'operations',
      },
    )
  })
}

function tickMarks({ lanes, story, startMs }: Drawing, due: readonly Tick[], { from, until }: View): Markish[] {
  const x = ({ at }: { readonly at: number }): number => startMs + at
  const stroke = 'var(--due)'
  const near = story.moments.filter(({ at }) => at >= from && at <= until)
  const cancelled = ticksOf(lanes, ({ cancelledAt }) => cancelledAt)
  return [
    tickX(due, { x, y: 'key', stroke, strokeWidth: 2, title: () => 'promised until then', className: 'promised' }),
    dot(cancelled, { x, y: 'key', symbol: 'times', stroke, title: () => 'cancelled', className: 'cancelled-at' }),
    dot(near, { x, frameAnchor: 'top', symbol: 'diamond', stroke, title: 'says', className: 'meanwhile' }),
  ]
}

function ends(rows: readonly Row[], startMs: number, room: number): Markish {
  return text(rows, {
    x: ({ until }: Row) => startMs + until,
    y: 'key',
    text: ({ end }: Row) => cutTo(end, room),
    textAnchor: 'start',
    dx: 6,
    fill: 'var(--text)',
    className: 'ends',
  })
}

function cutTo(words: string, room: number): string {
  return words.length > room ? `${words.slice(0, Math.max(1, room - 1))}…` : words
}
