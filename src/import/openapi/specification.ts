// A specification of OpenAPI as data that nobody has checked: what is asked of it and is not there, is not there. References lead to other
// parts of the same file; of the others it is remembered that they were not followed.

import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { readPlain } from '#scenario/plain-yaml.ts'
import { tidy } from '../words.ts'
import type { Notes } from './notes.ts'

export type Part = Readonly<Record<string, unknown>>

/** References that lead to references. */
const mostSteps = 20

export class Specification {
  readonly root: Part
  readonly #notes: Notes
  /** A small text may refer to itself so often that it never ends. */
  #budget: number = limits.specificationParts

  constructor(root: Part, notes: Notes) {
    this.root = root
    this.#notes = notes
  }

  /** Throws UserError. */
  static of(text: string, file: string, notes: Notes): Specification {
    const root = partOf(readPlain(text, file, 'the specification'))
    const version = root && own(root, 'openapi')
    if (root && typeof version === 'string' && /^3\.[01](?:\.|$)/u.test(version)) return new Specification(root, notes)
    const is = root && own(root, 'swagger') !== undefined ? 'of Swagger 2' : 'none of OpenAPI 3.0 or 3.1'
    throw new UserError(`the specification is ${is}`, {
      place: { file },
      hint:
        is === 'of Swagger 2'
          ? 'Convert it to OpenAPI 3 first.'
          : 'It says `openapi: 3.0.3`, or the like, on its first lines.',
    })
  }

  /** A part, or the one that it refers to. */
  part(value: unknown): Part | undefined {
    let part = this.#budget > 0 ? partOf(value) : undefined
    this.#budget -= 1
    if (this.#budget === 0) this.#notes.leave('limits that were reached', `parts beyond ${limits.specificationParts}`)
    for (let step = 0; part; step += 1) {
      const to = own(part, '$ref')
      if (typeof to !== 'string') return part
      const found = step < mostSteps ? this.#at(to) : undefined
      if (!found) this.#notes.leave('references that lead out of the file, nowhere or in a circle', tidy(to, 120))
      part = found
    }
    return undefined
  }

  /** What is below a key, followed. */
  below(value: unknown, ...keys: readonly string[]): Part | undefined {
    return keys.reduce<Part | undefined>((at, key) => this.part(at && own(at, key)), this.part(value))
  }

  #at(to: string): Part | undefined {
    if (!to.startsWith('#/')) return undefined
    const steps = to.slice(2).split('/').map(unescaped)
    return partOf(steps.reduce<unknown>((at, key) => partOf(at) && own(partOf(at)!, key), this.root))
  }
}

function unescaped(step: string): string {
  const plain = step.replaceAll('~1', '/').replaceAll('~0', '~')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain
  }
}

export function partOf(value: unknown): Part | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : undefined
}

/** Nothing that every object has. */
export function own(part: Part, key: string): unknown {
  return Object.hasOwn(part, key) ? part[key] : undefined
}

export function textAt(part: Part | undefined, key: string): string | undefined {
  const value = part && own(part, key)
  return typeof value === 'string' ? value : undefined
}

export function numberAt(part: Part | undefined, key: string): number | undefined {
  const value = part && own(part, key)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

export function listAt(part: Part | undefined, key: string): readonly unknown[] {
  const value = part && own(part, key)
  return Array.isArray(value) ? value : []
}
