// Figures of a baseline as a person reads them in a review, and back: `1.7s`, `3`, `45.3%`, `0.98x`, `never`.

import { parseDuration } from '#clock/instant.ts'
import type { Unit } from '#history/header.ts'
import { formatQuantity } from '../quantity.ts'

/** `unit` is `null` where the text does not tell: of nothing, and of what never happens. */
export type Amount = { readonly text: string; readonly value: number; readonly unit: Unit | null }

const never = 'never'
const form = /^([+-]?)(\d{1,12}(?:\.\d{1,6})?(?:ms|[smhd]|[%x])?|(?:\d{1,9}(?:\.\d{1,6})?(?:ms|[smhd])){2,4})$/u

export const amountInWords = 'must be an amount such as 1.7s, 3, 45.3%, 0.98x or never'

/** `isMargin`: slack has a plus. `null` is what has no end. */
export function amountOf(value: number | null, unit: Unit, isMargin = false): Amount {
  if (value === null) return { text: isMargin ? `-${never}` : never, value: endless(isMargin), unit: null }
  const text = `${isMargin && value > 0 ? '+' : ''}${formatQuantity(value, unit)}`
  // What is compared is what can be read, so that a file that was saved compares with itself.
  return readAmount(text) ?? { text, value, unit }
}

export function readAmount(written: string | number): Amount | undefined {
  const text = String(written)
  if (text === never || text === `-${never}`) return { text, value: endless(text !== never), unit: null }
  const [, sign, size = ''] = form.exec(text) ?? []
  if (size === '') return undefined
  const { value, unit } = sizeOf(size)
  return { text, value: sign === '-' ? -value : value, unit: value === 0 ? null : unit }
}

function endless(isNegative: boolean): number {
  return isNegative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

function sizeOf(size: string): { readonly value: number; readonly unit: Unit } {
  const duration = parseDuration(size)
  if (duration !== undefined) return { value: duration, unit: 'ms' }
  if (size.endsWith('%')) return { value: Number(size.slice(0, -1)) / 100, unit: 'share' }
  if (size.endsWith('x')) return { value: Number(size.slice(0, -1)), unit: 'ratio' }
  return { value: Number(size), unit: 'count' }
}
