// One seed, forked into streams by what they decide. A fork is named, never drawn from its parent, so a new fault or a new
// operation shifts nobody else's numbers and the nominal twin lines up with the faulted run.

import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export interface Prng {
  /** Uniform in [0, 1), 53 bits. */
  next(): number
  /** Integer in [low, high], both included. */
  integer(low: number, high: number): number
  /** Exponentially distributed with the given mean. */
  exponential(mean: number): number
  pick<T>(items: readonly [T, ...T[]]): T
  pick<T>(items: readonly T[]): T | undefined
  /** An independent stream, the same for the same labels whatever was drawn before. */
  fork(...labels: readonly (string | number)[]): Prng
}

const twoTo53 = 2 ** 53

export function createPrng(seed: string, ...labels: readonly (string | number)[]): Prng {
  const path = [seed, ...labels].join('\u0000')
  const generator = xoroshiro128plus(hash(path))
  const next = (): number => {
    const high = generator.next() >>> 6
    const low = generator.next() >>> 5
    return (high * 2 ** 27 + low) / twoTo53
  }
  return {
    next,
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    exponential: (mean) => -Math.log(1 - next()) * mean,
    pick: <T>(items: readonly T[]) => items[Math.floor(next() * items.length)] as T,
    fork: (...more) => createPrng(path, ...more),
  }
}

/** FNV-1a, 32 bits, over UTF-16 units, with a final avalanche so that similar labels give unrelated streams. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value ^= text.charCodeAt(index)
    value = Math.imul(value, 0x01000193)
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) | 0
}
