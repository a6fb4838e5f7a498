// A run against what a baseline keeps of the same one: which figures are worse, which better, which only different.

import type { Unit } from '#history/header.ts'
import type { Amount } from './amount.ts'
import { sections, type Entry, type Section } from './entry.ts'

/** `before` and `now` as they are written; `null` where there is no such figure. */
export type Change = {
  readonly figure: string
  readonly before: string | null
  readonly now: string | null
  readonly is: 'worse' | 'better' | 'different'
}

/** Which way is the good one; what a client may choose as it likes has none. */
const better: Readonly<Record<Section, 'less' | 'more' | null>> = {
  failed: 'less',
  amplification: 'less',
  recovered: 'less',
  attempts: 'less',
  pauses: null,
  outcomes: null,
  errors: null,
  margins: 'more',
}

/** A difference that is smaller in its unit is nobody's business, however large a part it is. */
const least: Readonly<Record<Unit, number>> = { ms: 100, count: 0.05, share: 0.01, ratio: 0.05 }

const outcomes = ['pass', 'inconclusive', 'error', 'fail']

/** `tolerance` is the part of a figure by which it may be worse. Worse ones first, in the order of the file. */
export function compare(before: Entry, now: Entry, tolerance: number): readonly Change[] {
  const changes = [
    ...outcomeChange(before.outcome, now.outcome),
    ...(Object.keys(now.figures).length === 0 ? [] : figureChanges(before, now, tolerance)),
  ]
  const order = ['worse', 'better', 'different']
  return changes.toSorted((one, other) => order.indexOf(one.is) - order.indexOf(other.is))
}

function outcomeChange(before: string, now: string): Change[] {
  if (before === now) return []
  const isWorse = outcomes.indexOf(now) > outcomes.indexOf(before)
  return [{ figure: 'outcome', before, now, is: isWorse ? 'worse' : 'better' }]
}

function figureChanges(before: Entry, now: Entry, tolerance: number): Change[] {
  return sections.flatMap((section) => {
    const [old, young] = [before.figures[section] ?? {}, now.figures[section] ?? {}]
    return [...new Set([...Object.keys(old), ...Object.keys(young)])].flatMap((name) => {
      const [one, other] = [own(old, name), own(young, name)]
      if (one && other && isSame(one, other)) return []
      const is = one && other ? judged(section, one, other, tolerance) : 'different'
      const figure = name === '' ? section : section === 'margins' ? `margin of ${name}` : `${section}: ${name}`
      return [{ figure, before: one?.text ?? null, now: other?.text ?? null, is } as const]
    })
  })
}

function isSame(one: Amount, other: Amount): boolean {
  return one.value === other.value && one.unit === other.unit
}

/** A file can name anything, also what every object has. */
function own(figures: Readonly<Record<string, Amount>>, name: string): Amount | undefined {
  return Object.hasOwn(figures, name) ? figures[name] : undefined
}

function judged(section: Section, before: Amount, now: Amount, tolerance: number): Change['is'] {
  const unit = before.unit ?? now.unit
  if (better[section] === null || (now.unit !== null && now.unit !== unit)) return 'different'
  const gain = better[section] === 'more' ? now.value - before.value : before.value - now.value
  // A margin that turns negative is a threshold that is passed.
  if (section === 'margins' && before.value >= 0 !== now.value >= 0) return gain < 0 ? 'worse' : 'better'
  const room = Number.isFinite(before.value)
    ? Math.max(unit === null ? 0 : least[unit], Math.abs(before.value) * tolerance)
    : 0
  if (Math.abs(gain) <= room + 1e-9) return 'different'
  return gain < 0 ? 'worse' : 'better'
}

/** `amplification 1.4x (was 0.98x)`. */
export function changeInWords({ figure, before, now }: Change): string {
  if (before === null) return `${figure} ${now} (was not there)`
  return `${figure} ${now ?? 'not there'} (was ${before})`
}

/** `2 worse, 1 better`. */
export function countInWords(changes: readonly Pick<Change, 'is'>[]): string {
  const counts = (['worse', 'better', 'different'] as const).flatMap((is) => {
    const count = changes.filter((change) => change.is === is).length
    return count === 0 ? [] : [`${count} ${is}`]
  })
  return counts.length === 0 ? 'nothing differs' : counts.join(', ')
}
