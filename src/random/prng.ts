// One seed, forked into streams by what they decide. A fork is named, never drawn from its parent, so a new fault or a new
// operation shifts nobody else's numbers and the nominal twin lines up with the faulted run.

import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

export interface Prng {
  /** Uniform in [0, 1), 53 bits. */
  next(): number
  /** Integer in [0, 2^count), `count` at most 32; the cheapest draw there is. */
  bits(count: number): number
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
  const generator = xoroshiro128plusFromState(stateOf(path))
  const next = (): number => {
    const high = generator.next() >>> 6
    const low = generator.next() >>> 5
    return (high * 2 ** 27 + low) / twoTo53
  }
  return {
    next,
    bits: (count) => generator.next() >>> (32 - count),
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    exponential: (mean) => -Math.log(1 - next()) * mean,
    pick: <T>(items: readonly T[]) => items[Math.floor(next() * items.length)] as T,
    fork: (...more) => createPrng(path, ...more),
  }
}

/** 128 bits of state from four FNV-1a hashes over UTF-16 units, each with its own basis and a final avalanche, so that similar
 * labels give unrelated streams and no two streams of a run are ever the same. */
function stateOf(text: string): [number, number, number, number] {
  const state: [number, number, number, number] = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35]
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    state[0] = Math.imul(state[0] ^ unit, 0x01000193)
    state[1] = Math.imul(state[1] ^ unit, 0x01000197)
    state[2] = Math.imul(state[2] ^ unit, 0x010001a5)
    state[3] = Math.imul(state[3] ^ unit, 0x010001b9)
  }
  const [one, two, three, four] = state.map(avalanche)
  return [one ?? 0, two ?? 0, three ?? 0, (four ?? 0) || 1]
}

function avalanche(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) | 0
}
