// Compares ratios with the saved ones. Only ratios: both their sides were measured in one run, on the same machine, by turns, so what
// the machine is like cancels out.

import { readFileSync, writeFileSync } from 'node:fs'
import { numberInWords, type Figure } from './figure.ts'

/** By name of the figure. */
export type SavedRatios = Readonly<Record<string, number>>

/** How much worse than the saved one a ratio may be. */
const tolerance = 0.25
const file = new URL('baseline.json', import.meta.url)

/** 1.25 for a quarter worse, whichever way is worse. */
export function worsening({ value, guarded }: Pick<Figure, 'value' | 'guarded'>, saved: number): number {
  return guarded === 'at-least' ? saved / value : value / saved
}

/** What got worse by more than the tolerance, and what cannot be compared, in sentences. */
export function complaintsOf(figures: readonly Figure[], saved: SavedRatios): readonly string[] {
  const guarded = figures.filter((figure) => figure.guarded !== undefined)
  const names = new Set(guarded.map(({ name }) => name))
  const gone = Object.keys(saved).filter((name) => !names.has(name))
  return [
    ...guarded.flatMap((figure) => complaintOf(figure, saved[figure.name])),
    ...gone.map((name) => `"${name}" is saved and was not measured. Save the ratios anew.`),
  ]
}

function complaintOf(figure: Figure, before: number | undefined): readonly string[] {
  const { name, value, guarded } = figure
  if (before === undefined) return [`"${name}" was measured and is not saved. Save the ratios anew.`]
  const worse = worsening(figure, before)
  // Not-a-number is no pass.
  if (worse <= 1 + tolerance) return []
  const should = guarded === 'at-least' ? 'should be high' : 'should be low'
  const percent = Math.round((worse - 1) * 100)
  return [
    `"${name}" is ${numberInWords(value)} and was ${numberInWords(before)}: it ${should}, and got worse by ${percent} %, where ${tolerance * 100} % are allowed.`,
  ]
}

/** Of two measurements the better of each ratio: a machine that was busy makes things worse, never better. */
export function betterOf(one: readonly Figure[], other: readonly Figure[]): readonly Figure[] {
  const others = new Map(other.map((figure) => [figure.name, figure]))
  return one.map((figure) => {
    const second = others.get(figure.name)
    if (!second || figure.guarded === undefined) return figure
    return worsening(second, figure.value) < 1 ? second : figure
  })
}

export function readSaved(): SavedRatios {
  return (JSON.parse(readFileSync(file, 'utf8')) as { ratios: SavedRatios }).ratios
}

export function saveRatios(figures: readonly Figure[], machine: unknown): void {
  const ratios = Object.fromEntries(
    figures.flatMap(({ name, value, guarded }) => (guarded ? [[name, Math.round(value * 100) / 100]] : [])),
  )
  writeFileSync(file, `${JSON.stringify({ machine, ratios }, null, 2)}\n`)
}
