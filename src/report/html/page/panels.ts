// The panels of the incident chart below its bands, each drawn from the same buckets on the same axis.

import { areaY, lineY, ruleY, stackY, type Markish } from '@observablehq/plot'
import { outcomes, type Outcome } from '#scene/series.ts'
import { grouped } from '../grouped.ts'
import type { Bucket } from './figures.ts'
import { clockAxisOf, framed, phaseRules, type Drawn, type Frame } from './frame.ts'
import { latencyPanel } from './latency-panel.ts'

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

function tickFormat(value: number): string {
  return Number.isInteger(value) ? grouped(value) : String(value)
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
      y: { label: null, grid: true, ticks: 4, tickFormat },
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
      y: { label: null, grid: true, ticks: 4, zero: true, tickFormat },
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

/** Of things that are whole, so that there is no mark at half a request. */
function countAxis(ticks: number, counts: readonly number[]) {
  const most = Math.max(1, ...counts)
  return {
    label: null,
    grid: true,
    ticks: Math.min(ticks, most),
    domain: [0, most],
    tickFormat,
  }
}

function crowdPanel(buckets: readonly Bucket[], hasTwin: boolean, frame: Frame): Drawn {
  const line = lineOf(buckets, frame)
  return framed(
    frame,
    {
      height: 110,
      y: countAxis(
        4,
        buckets.map(({ open, inFlight, twin }) => Math.max(open, inFlight, twin?.inFlight ?? 0)),
      ),
      x: { axis: null },
      ariaLabel: 'Most at once',
    },
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
  return framed(frame, { height: 80, y: countAxis(3, buckets.map(lengthOf)), x: { axis: null }, ariaLabel }, [
    lineOf(buckets, frame)(lengthOf, 'line', name),
    phaseRules(frame),
    ruleY([0], { stroke: 'var(--axis)' }),
  ])
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
