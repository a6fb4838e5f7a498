// A figure: what was measured, and what it is meant to be. Figures are plain data, which travels between processes and is kept.

type Bound = 'at-most' | 'at-least'

type Aim = { readonly bound: Bound; readonly value: number }

export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit: 'x' | 'us' | 'ms' | 's' | '/s' | 'bytes' | 'MB' | ''
  readonly aim?: Aim
  /** Of a ratio that is compared with the saved one: which way is worse. */
  readonly guarded?: Bound
}

export function isReached({ value, aim }: Figure): boolean {
  if (!aim) return true
  return aim.bound === 'at-most' ? value <= aim.value : value >= aim.value
}

/** As many digits as a measurement of these is good for. */
export function numberInWords(value: number): string {
  const size = Math.abs(value)
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2
  return value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/gu, ',')
}

/** `2.41x   at most 2: NOT reached`. */
export function figureInWords(figure: Figure, width: number): string {
  const { name, value, unit, aim } = figure
  const amount = `${numberInWords(value)}${unit === 'x' || unit === '/s' || unit === '' ? unit : ` ${unit}`}`
  const line = `${name.padEnd(width)}  ${amount.padStart(12)}`
  if (!aim) return line
  const bound = `${aim.bound === 'at-most' ? 'at most' : 'at least'} ${numberInWords(aim.value)}`
  return `${line}   aim: ${bound}, ${isReached(figure) ? 'reached' : 'NOT reached'}`
}

export function figuresInWords(figures: readonly Figure[]): string {
  const width = Math.max(0, ...figures.map(({ name }) => name.length))
  return figures.map((figure) => figureInWords(figure, width)).join('\n')
}
