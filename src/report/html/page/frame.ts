// What all panels of the incident chart share: the axis of time, the shade of the faults, the beginnings of phases.

import { plot, rectX, ruleX, type Markish } from '@observablehq/plot'
import type { PageData } from '../page-data.ts'
import { clockAxis } from './clock-axis.ts'
import type { View } from './figures.ts'

export type Frame = {
  readonly data: PageData
  readonly view: View
  readonly width: number
  readonly marked: View | null
}
export type Drawn = SVGSVGElement & {
  scale: (name: string) => { apply: (value: unknown) => number; invert?: (x: number) => unknown } | undefined
}

export const margins = { left: 118, right: 30 } as const
const narrow = 640

export function leftOf(width: number): number {
  return width < narrow ? 64 : margins.left
}

type Options = Parameters<typeof plot>[0]

export function framed(
  { data, view, width, marked }: Frame,
  options: NonNullable<Options>,
  marks: readonly Markish[],
): Drawn {
  const { startMs, faultsFrom, faultsUntil } = data
  const band = (from: number, until: number, fill: string, label: string): Markish =>
    rectX([{ from, until }], {
      x1: (d: View) => startMs + d.from,
      x2: (d: View) => startMs + d.until,
      fill,
      className: label,
      clip: true,
    })
  return plot({
    width,
    marginLeft: leftOf(width),
    marginRight: margins.right,
    marginTop: 8,
    marginBottom: 8,
    className: 'plot',
    ...options,
    x: { type: 'utc', domain: [startMs + view.from, startMs + view.until], ...options.x },
    marks: [
      ...(faultsFrom === null || faultsUntil === null
        ? []
        : [band(faultsFrom, faultsUntil, 'var(--faulty)', 'while-faults-were-on')]),
      ...(marked ? [band(marked.from, marked.until, 'var(--marked)', 'time-of-the-witness')] : []),
      ...marks,
    ],
  }) as unknown as Drawn
}

export function phaseRules({ data }: Frame): Markish {
  const starts = data.bands.filter(({ row, from }) => row === 'phase' && from > 0)
  return ruleX(starts, {
    x: (d: { from: number }) => data.startMs + d.from,
    stroke: 'var(--rule)',
    strokeDasharray: '2,3',
    clip: true,
    className: 'beginnings-of-phases',
  })
}

export function clockAxisOf({ data, view, width }: Frame, anchor: 'top' | 'bottom'): Markish {
  return clockAxis(anchor, width - leftOf(width), { from: data.startMs + view.from, until: data.startMs + view.until })
}
