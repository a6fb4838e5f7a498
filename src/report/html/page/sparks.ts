// The small drawings of the index.

import { areaY, plot, stackY } from '@observablehq/plot'
import type { Spark } from '../spark.ts'
import { all, asPicture } from './dom.ts'

export function drawSparks(sparks: readonly (Spark | null)[]): void {
  for (const place of all('[data-spark]', HTMLElement)) {
    const spark = sparks[Number(place.dataset['spark'])]
    if (spark) place.replaceChildren(asPicture(drawn(spark)))
  }
}

function drawn({ served, lost }: Spark): Element {
  const rows = [
    ...served.map((value, at) => ({ at, value, tone: 'fresh' })),
    ...lost.map((value, at) => ({ at, value, tone: 'error' })),
  ]
  const share = percentOf(served, lost)
  return plot({
    width: 130,
    height: 26,
    margin: 1,
    className: 'plot',
    ariaLabel: `${share} served over the time of the run`,
    x: { axis: null },
    y: { axis: null },
    color: { type: 'categorical', domain: ['fresh', 'error'], range: ['var(--fresh)', 'var(--error)'] },
    marks: [areaY(rows, stackY({ x: 'at', y: 'value', fill: 'tone', order: ['fresh', 'error'], curve: 'step' }))],
  })
}

function percentOf(served: readonly number[], lost: readonly number[]): string {
  const sum = (values: readonly number[]): number => values.reduce((all_, value) => all_ + value, 0)
  const whole = sum(served) + sum(lost)
  return whole === 0 ? 'nothing' : `${Math.round((sum(served) / whole) * 100)} %`
}
