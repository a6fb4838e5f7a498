// What was on when, above the panels: phases, faults, the status page, breakers, silences, and what happened to the client.

import { axisY, barX, dot, text, type Markish } from '@observablehq/plot'
import { formatDuration } from '#clock/instant.ts'
import type { Band } from '#scene/bands.ts'
import type { Bucket } from './figures.ts'
import { clockAxisOf, framed, leftOf, margins, type Drawn, type Frame } from './frame.ts'

type Bar = {
  readonly row: string
  readonly tone: string
  readonly from: number
  readonly until: number
  readonly says: string
  readonly label: string
}
type Dot = {
  readonly row: string
  readonly tone: string
  readonly at: number
  readonly says: string
  readonly symbol: 'times' | 'circle' | 'diamond'
}

const rowHeight = 21
const mostBreakers = 4

export function stripsOf(buckets: readonly Bucket[], frame: Frame): Drawn {
  const bars = [...frame.data.bands.flatMap(barOf(frame.data.bands)), ...silenceBars(frame)]
  const dots = [...sendDots(buckets), ...momentDots(frame)]
  const rows = [...new Set([...bars, ...dots].map(({ row }) => row))]
  const start = frame.data.startMs
  return framed(
    { ...frame, marked: null },
    {
      height: rows.length * rowHeight + 34,
      marginTop: 30,
      marginBottom: 4,
      y: { type: 'band', domain: rows, padding: 0.12, label: null },
      x: { axis: null },
      ariaLabel: 'What was on when',
    },
    [
      clockAxisOf(frame, 'top'),
      axisY({ tickSize: 0, label: null, tickFormat: (row: string) => shortened(row, leftOf(frame.width)) }),
      barX(bars, {
        x1: ({ from }: Bar) => start + from,
        x2: ({ until }: Bar) => start + until,
        y: 'row',
        fill: ({ tone }: Bar) => `var(--${tone})`,
        rx: 2,
        clip: true,
        title: (bar: Bar) => `${bar.says}, for ${formatDuration(bar.until - bar.from)}`,
        className: 'bands',
      }),
      labels(bars, frame),
      dot(dots, {
        x: ({ at }: Dot) => start + at,
        y: 'row',
        stroke: ({ tone }: Dot) => `var(--${tone})`,
        symbol: 'symbol',
        r: 3.5,
        strokeWidth: 1.8,
        clip: true,
        title: 'says',
        className: 'marks',
      }),
    ],
  )
}

function shortened(row: string, left: number): string {
  const room = Math.floor((left - 12) / 6.2)
  return row.length > room ? `${row.slice(0, room - 1)}…` : row
}

const tones = { phase: 'phase', fault: 'fault', 'status page': 'page', breaker: 'breaker' } as const

/** A row of its own for each fault and component; of many breakers, some share one. */
function barOf(bands: readonly Band[]): (band: Band, index: number) => Bar[] {
  const breakers = [...new Set(bands.flatMap(({ row, name }) => (row === 'breaker' ? [name] : [])))]
  return (band, index) => {
    const { row, name, says, from, until } = band
    const tone = row === 'phase' && index % 2 === 1 ? 'phase2' : tones[row]
    const isShared = row === 'breaker' && breakers.length > mostBreakers
    const title =
      row === 'phase'
        ? 'phases'
        : row === 'breaker'
          ? isShared
            ? 'breakers open'
            : `breaker ${name}`
          : row === 'fault'
            ? name
            : 'status page'
    return [
      {
        row: title,
        tone,
        from,
        until,
        says: row === 'phase' || row === 'fault' ? `${row} ${says}` : `${name}: ${says}`,
        label: row === 'breaker' ? '' : row === 'status page' ? name : says,
      },
    ]
  }
}

function silenceBars({ data }: Frame): Bar[] {
  return data.silences.spans.shown.map(({ from, until, where, answers }) => ({
    row: 'Retry-After',
    tone: 'silence',
    from,
    until,
    says: `asked to stay away by ${answers} ${answers === 1 ? 'answer' : 'answers'} (${where})`,
    label: '',
  }))
}

function sendDots(buckets: readonly Bucket[]): Dot[] {
  return buckets.flatMap(({ from, until, again, others }): Dot[] => {
    const at = (from + until) / 2
    return [
      ...(others > 0
        ? [
            {
              row: 'Retry-After',
              tone: 'others',
              at,
              says: `${others} requests of others, sent into a silence`,
              symbol: 'circle',
            } as const,
          ]
        : []),
      ...(again > 0
        ? [
            {
              row: 'Retry-After',
              tone: 'error',
              at,
              says: `${again} requests sent before the time was over that their own operation had been told`,
              symbol: 'times',
            } as const,
          ]
        : []),
    ]
  })
}

function momentDots({ data }: Frame): Dot[] {
  return data.moments.map(({ at, says }) => ({ row: 'client', tone: 'due', at, says, symbol: 'diamond' }))
}

/** Inside each bar, as much of its name as there is room for. */
function labels(bars: readonly Bar[], { data, view, width }: Frame): Markish {
  const perMs = (width - leftOf(width) - margins.right) / (view.until - view.from)
  const shown = bars.flatMap((bar) => {
    const from = Math.max(bar.from, view.from)
    const room = Math.floor(((Math.min(bar.until, view.until) - from) * perMs - 10) / 6.2)
    if (bar.label === '' || room < 3) return []
    return [{ ...bar, from, label: bar.label.length > room ? `${bar.label.slice(0, room - 1)}…` : bar.label }]
  })
  return text(shown, {
    x: ({ from }: Bar) => data.startMs + from,
    y: 'row',
    text: 'label',
    textAnchor: 'start',
    dx: 5,
    fill: 'var(--on-band)',
    pointerEvents: 'none',
    className: 'names-of-bands',
  })
}
