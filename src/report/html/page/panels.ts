// The panels of the incident chart below its bands, each drawn from the same buckets on the same axis.

import { areaY, dot, lineY, ruleY, stackY, text, type Markish } from '@observablehq/plot'
import { formatDuration } from '#clock/instant.ts'
import { outcomes, type Outcome } from '#scene/series.ts'
import type { Bucket } from './figures.ts'
import { clockAxisOf, framed, phaseRules, type Drawn, type Frame } from './frame.ts'

export type Panel = {
  readonly title: string
  readonly legend: readonly { readonly word: string; readonly tone: string; readonly dashed?: boolean }[]
  readonly draw: (buckets: readonly Bucket[], frame: Frame) => Drawn
}

export function panelsOf(all: readonly Bucket[], hasTwin: boolean): readonly Panel[] {
  const used = outcomes.filter((outcome) => all.some(({ asked }) => asked[outcome] > 0))
  const askedRate = rateOf(all, ({ operations }) => operations)
  const sentRate = rateOf(all, ({ sent, operations }) => Math.max(sent, operations))
  return [
    {
      title: `Operations asked per ${askedRate.word}, by how they ended`,
      legend: used.map((outcome) => ({ word: outcome, tone: outcome })),
      draw: (buckets, frame) => operationsPanel(buckets, used, askedRate, frame),
    },
    {
      title: `Requests sent per ${sentRate.word}, against operations asked`,
      legend: [
        { word: 'requests', tone: 'line' },
        { word: 'operations', tone: 'shade' },
        ...(hasTwin ? [{ word: 'requests without faults', tone: 'ghost', dashed: true }] : []),
      ],
      draw: (buckets, frame) => requestsPanel(buckets, hasTwin, sentRate, frame),
    },
    {
      title: 'How long operations took',
      legend: [
        { word: 'p50', tone: 'line2' },
        { word: 'p99', tone: 'line' },
        ...(hasTwin ? [{ word: 'p99 without faults', tone: 'ghost', dashed: true }] : []),
        { word: 'promise', tone: 'due', dashed: true },
      ],
      draw: latencyPanel,
    },
    {
      title: 'At once, at most',
      legend: [
        { word: 'requests in flight', tone: 'line' },
        { word: 'operations open', tone: 'line2' },
        ...(hasTwin ? [{ word: 'in flight without faults', tone: 'ghost', dashed: true }] : []),
      ],
      draw: (buckets, frame) => crowdPanel(buckets, hasTwin, frame),
    },
    ...(all.some(({ backlog }) => backlog > 0)
      ? [
          {
            title: 'Accepted as queued, and not done',
            legend: [{ word: 'operations waiting at the client', tone: 'line' }],
            draw: (buckets: readonly Bucket[], frame: Frame) =>
              queuePanel(buckets, ({ backlog }) => backlog, 'backlog', frame),
          },
        ]
      : []),
    ...(all.some(({ queue }) => queue > 0)
      ? [
          {
            title: 'Queue at the provider, as requests met it',
            legend: [{ word: 'requests waiting there', tone: 'line' }],
            draw: (buckets: readonly Bucket[], frame: Frame) =>
              queuePanel(buckets, ({ queue }) => queue, 'queue', frame),
          },
        ]
      : []),
  ]
}

/** A rate, so that a figure stays the same when the view is another. */
type Rate = { readonly word: string; readonly ms: number }

const rates: readonly Rate[] = [
  { word: 'second', ms: 1_000 },
  { word: 'minute', ms: 60_000 },
  { word: 'hour', ms: 3_600_000 },
]

/** The one by which the busiest time has a number that can be read. */
function rateOf(all: readonly Bucket[], countOf: (bucket: Bucket) => number): Rate {
  const busiest = (rate: Rate): number => Math.max(0, ...all.map((bucket) => perTime(countOf(bucket), bucket, rate)))
  return rates.find((rate) => busiest(rate) >= 5) ?? { word: 'hour', ms: 3_600_000 }
}

function perTime(count: number, { from, until }: Pick<Bucket, 'from' | 'until'>, { ms }: Rate): number {
  return (count / (until - from)) * ms
}

/** Steps need an end for the last bucket. */
function stepped<T>(buckets: readonly Bucket[], valueOf: (bucket: Bucket) => T): { at: number; value: T }[] {
  const last = buckets.at(-1)
  const points = buckets.map((bucket) => ({ at: bucket.from, value: valueOf(bucket) }))
  return last ? [...points, { at: last.until, value: valueOf(last) }] : points
}

function operationsPanel(buckets: readonly Bucket[], used: readonly Outcome[], rate: Rate, frame: Frame): Drawn {
  const { startMs } = frame.data
  const rows = used.flatMap((outcome) =>
    stepped(buckets, (bucket) => perTime(bucket.asked[outcome], bucket, rate)).map(({ at, value }) => ({
      at: startMs + at,
      value,
      outcome,
    })),
  )
  return framed(
    frame,
    {
      height: 150,
      y: { label: null, grid: true, ticks: 4 },
      x: { axis: null },
      color: { type: 'categorical', domain: [...used], range: used.map((outcome) => `var(--${outcome})`) },
      ariaLabel: 'Operations asked, by how they ended',
    },
    [
      areaY(
        rows,
        stackY({
          x: 'at',
          y: 'value',
          fill: 'outcome',
          order: [...used],
          curve: 'step-after',
          clip: true,
          className: 'operations',
        }),
      ),
      phaseRules(frame),
      ruleY([0], { stroke: 'var(--axis)' }),
    ],
  )
}

function requestsPanel(buckets: readonly Bucket[], hasTwin: boolean, rate: Rate, frame: Frame): Drawn {
  const line = lineOf(buckets, frame)
  return framed(
    frame,
    {
      height: 120,
      y: { label: null, grid: true, ticks: 4, zero: true },
      x: { axis: null },
      ariaLabel: 'Requests sent',
    },
    [
      areaY(
        stepped(buckets, (bucket) => perTime(bucket.operations, bucket, rate)),
        {
          x: ({ at }: { at: number }) => frame.data.startMs + at,
          y: 'value',
          curve: 'step-after',
          fill: 'var(--shade)',
          clip: true,
          className: 'operations-asked',
        },
      ),
      ...(hasTwin
        ? [line((bucket) => perTime(bucket.twin?.sent ?? 0, bucket, rate), 'ghost', 'requests-without-faults')]
        : []),
      line((bucket) => perTime(bucket.sent, bucket, rate), 'line', 'requests-sent'),
      phaseRules(frame),
      ruleY([0], { stroke: 'var(--axis)' }),
    ],
  )
}

function lineOf(buckets: readonly Bucket[], { data }: Frame) {
  return (valueOf: (bucket: Bucket) => number | null, tone: string, label: string): Markish =>
    lineY(stepped(buckets, valueOf), {
      x: ({ at }: { at: number }) => data.startMs + at,
      y: 'value',
      curve: 'step-after',
      stroke: `var(--${tone})`,
      strokeWidth: tone === 'line' ? 1.6 : 1.3,
      ...(tone === 'ghost' && { strokeDasharray: '4,3' }),
      clip: true,
      className: label,
    })
}

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

function latencyPanel(buckets: readonly Bucket[], frame: Frame): Drawn {
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

function crowdPanel(buckets: readonly Bucket[], hasTwin: boolean, frame: Frame): Drawn {
  const line = lineOf(buckets, frame)
  return framed(
    frame,
    { height: 110, y: { label: null, grid: true, ticks: 4, zero: true }, x: { axis: null }, ariaLabel: 'Most at once' },
    [
      ...(hasTwin ? [line(({ twin }) => twin?.inFlight ?? 0, 'ghost', 'in-flight-without-faults')] : []),
      line(({ open }) => open, 'line2', 'operations-open'),
      line(({ inFlight }) => inFlight, 'line', 'requests-in-flight'),
      phaseRules(frame),
      ruleY([0], { stroke: 'var(--axis)' }),
    ],
  )
}

function queuePanel(
  buckets: readonly Bucket[],
  lengthOf: (bucket: Bucket) => number,
  name: 'backlog' | 'queue',
  frame: Frame,
): Drawn {
  const ariaLabel = name === 'queue' ? 'Queue at the provider' : 'Operations waiting at the client'
  return framed(
    frame,
    { height: 80, y: { label: null, grid: true, ticks: 3, zero: true }, x: { axis: null }, ariaLabel },
    [lineOf(buckets, frame)(lengthOf, 'line', name), phaseRules(frame), ruleY([0], { stroke: 'var(--axis)' })],
  )
}

/** The times, once more below all panels. */
export function axisPanel(frame: Frame): Drawn {
  const options = {
    height: 34,
    marginTop: 0,
    marginBottom: 32,
    x: { axis: null },
    y: { axis: null },
    ariaLabel: 'Times',
  } as const
  return framed({ ...frame, marked: null }, options, [clockAxisOf(frame, 'bottom')])
}
