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
  return streamOf(pathFrom(absorbed(basis, seed), labels))
}

function streamOf(path: Path): Prng {
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
    fork: (...labels) => streamOf(pathFrom(path, labels)),
  }
}

/** What names a stream, as four FNV-1a hashes over its UTF-16 units, each with its own basis: a fork goes on hashing where its
 * parent stopped. */
type Path = readonly [number, number, number, number]

const basis: Path = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35]

function pathFrom(start: Path, labels: readonly (string | number)[]): Path {
  let path = start
  for (const label of labels) path = absorbed(path, `\u0000${label}`)
  return path
}

function absorbed([first, second, third, fourth]: Path, text: string): Path {
  let [one, two, three, four] = [first, second, third, fourth]
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    one = Math.imul(one ^ unit, 0x01000193)
    two = Math.imul(two ^ unit, 0x01000197)
    three = Math.imul(three ^ unit, 0x010001a5)
    four = Math.imul(four ^ unit, 0x010001b9)
  }
  return [one, two, three, four]
}

/** 128 bits of state: each hash with a final avalanche, so that similar labels give unrelated streams and no two streams of a run
 * are ever the same. */
function stateOf([one, two, three, four]: Path): [number, number, number, number] {
  return [avalanche(one), avalanche(two), avalanche(three), avalanche(four) || 1]
}

function avalanche(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) | 0
}
