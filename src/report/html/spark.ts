// A run in the space of a word: how many operations were asked over its time, and how many of them got something of use.

import { valuesOf } from '#scene/column.ts'
import type { Scene } from '#scene/scene.ts'
import { outcomes } from '#scene/series.ts'

export type Spark = { readonly served: readonly number[]; readonly lost: readonly number[] }

const points = 48
const lost = new Set(['error', 'unknown'])

export function sparkOf({ series: { grid, asked } }: Scene): Spark {
  const spark = { served: Array<number>(points).fill(0), lost: Array<number>(points).fill(0) }
  for (const outcome of outcomes) {
    if (outcome === 'cancelled') continue
    const to = lost.has(outcome) ? spark.lost : spark.served
    valuesOf(asked[outcome], grid.steps).forEach((count, step) => {
      const point = Math.min(points - 1, Math.floor((step / grid.steps) * points))
      to[point] = (to[point] ?? 0) + count
    })
  }
  return spark
}
