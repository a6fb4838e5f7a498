// How long operations took, on a logarithmic axis: a time-out is a thousand times as long as an answer, and both must be read.

import { dot, lineY, ruleY, text, type Markish } from '@observablehq/plot'
import { formatDuration } from '#clock/instant.ts'
import type { Bucket } from './figures.ts'
import { framed, phaseRules, type Drawn, type Frame } from './frame.ts'

/** Nothing on a logarithmic axis is below a millisecond. */
function seen(ms: number | null): number {
  return ms === null ? Number.NaN : Math.max(1, ms)
}

/** Beside each other, because two promises may be near. */
function dueLabels(due: readonly number[]): Markish[] {
  return due.map((ms, index) =>
    text([ms], {
      y: (value: number) => value,
      text: (value: number) => `promise ${formatDuration(value)}`,
      frameAnchor: 'left',
      textAnchor: 'start',
      lineAnchor: 'bottom',
      dx: 4 + index * 75,
      dy: -1,
      fill: 'var(--due)',
    }),
  )
}

/** Where a logarithmic axis is labelled. */
const decades = [1, 10, 100, 1_000, 10_000, 60_000, 600_000, 3_600_000, 36_000_000, 360_000_000]

export function latencyPanel(buckets: readonly Bucket[], frame: Frame): Drawn {
  const { data, view } = frame
  const middle = ({ from, until }: Bucket): number =>
    data.startMs + Math.min(Math.max((from + until) / 2, view.from), view.until)
  const both = (valueOf: (bucket: Bucket) => number | null, tone: string, label: string): Markish[] => {
    const options = { x: middle, y: (bucket: Bucket) => seen(valueOf(bucket)), clip: true, className: label }
    const dash = tone === 'ghost' && { strokeDasharray: '4,3' }
    const drawn = lineY([...buckets], { ...options, stroke: `var(--${tone})`, strokeWidth: 1.4, ...dash })
    return tone === 'ghost' ? [drawn] : [drawn, dot([...buckets], { ...options, r: 1.5, fill: `var(--${tone})` })]
  }
  const due = [...new Set(data.due.map(({ withinMs }) => withinMs))]
  const values = buckets
    .flatMap(({ p50, p99, twin }) => [p50, p99, twin?.p99])
    .filter((value) => typeof value === 'number')
  const low = Math.max(1, Math.min(1_000, ...values) * 0.7)
  const high = Math.max(low * 10, ...values, ...due) * 1.3
  return framed(
    frame,
    {
      height: 130,
      y: {
        type: 'log',
        label: null,
        grid: true,
        ticks: decades.filter((ms) => ms >= low && ms <= high),
        domain: [low, high],
        tickFormat: (ms: number) => formatDuration(ms),
      },
      x: { axis: null },
      ariaLabel: 'How long operations took: p50 and p99',
    },
    [
      ruleY(due, { stroke: 'var(--due)', strokeDasharray: '6,3', className: 'promised' }),
      ...dueLabels(due),
      ...both(({ twin }) => twin?.p99 ?? null, 'ghost', 'p99-without-faults'),
      ...both(({ p50 }) => p50, 'line2', 'p50'),
      ...both(({ p99 }) => p99, 'line', 'p99'),
      phaseRules(frame),
    ],
  )
}
