// What is wrong with a scenario file, collected while it is read, so that several mistakes are told at once. A problem names
// a path in the file; only `document.ts` knows where that path stands.

import { nearestName } from '#context/nearest-name.ts'

export type Path = readonly (string | number)[]

export type Problem = {
  readonly path: Path
  /** What the caret points at. A key that is missing points at the map that lacks it. */
  readonly on: 'key' | 'value'
  readonly what: string
  readonly hint?: Hint
}

/** Looking for the nearest name takes time, so it is done for the few problems that are told. */
export type Hint = string | (() => string)

export class Problems {
  readonly list: Problem[] = []
  private readonly seen = new Set<string>()

  value(path: Path, what: string, hint?: Hint): void {
    this.add({ path, on: 'value', what, ...(hint === undefined ? {} : { hint }) })
  }

  key(path: Path, what: string, hint?: Hint): void {
    this.add({ path, on: 'key', what, ...(hint === undefined ? {} : { hint }) })
  }

  private add(problem: Problem): void {
    const key = `${pathText(problem.path)}\n${problem.what}`
    if (!this.seen.has(key)) this.list.push(problem)
    this.seen.add(key)
  }
}

/** `faults.loop.ramp`, which is also how evidence names it. */
export function pathText(path: Path): string {
  return path.join('.')
}

/** A question, when a known name is near. */
export function didYouMean(wrong: string, known: readonly string[]): string | undefined {
  const near = nearestName(wrong, known)
  return near === undefined ? undefined : `Did you mean \`${near}\`?`
}

/** A suggestion where one is near, otherwise the whole choice. */
export function suggest(wrong: string, known: readonly string[], plural: string): Hint {
  return () => {
    const near = didYouMean(wrong, known)
    if (near !== undefined) return near
    if (known.length === 0) return `There are no ${plural}.`
    const shown = known.slice(0, 24)
    return `Known ${plural}: ${shown.join(', ')}${known.length > shown.length ? ' and more' : ''}.`
  }
}

/** The words of a hint. */
export function spell(hint: Hint): string {
  return typeof hint === 'function' ? hint() : hint
}

/** Foreign text in a sentence: quoted, on one line, and cut. */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'a map'
  if (value === null || value === undefined) return 'nothing'
  if (typeof value !== 'string') return `the ${typeof value} ${String(value)}`
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value)
}
