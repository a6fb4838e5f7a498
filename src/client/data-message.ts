// What a thread that has loaded data says of it. A function cannot travel; what arrives in its place is one, so that whoever reads the data
// says the same of it.

import type { toldOf } from './module-error.ts'

/** `stuck`: it waits, and nothing is under way that it could wait for. */
export type DataMessage = Loaded | 'stuck'

type Loaded = ({ readonly exports: unknown } | { readonly problem: ReturnType<typeof toldOf> }) & {
  /** Of the user, as far as it got: the module, and what it imports. Absolute. */
  readonly files: readonly string[]
}

/** No key of data is called so. */
const mark = '\0kind'
/** Deeper data is a circle, or nothing that anybody has written. */
const deepest = 32

export function portable(value: unknown, depth = 0): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') return { [mark]: typeof value }
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return { [mark]: 'function' }
  if (Array.isArray(value)) return Array.from(value, (member) => portable(member, depth + 1))
  // What a compiler has added to say what it compiled is no key that is listed.
  const hidden = '__esModule' in value ? { __esModule: true } : {}
  const members = Object.entries(value).map(([key, member]) => [key, portable(member, depth + 1)] as const)
  const all = { ...Object.fromEntries(members), ...hidden }
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype ? all : { [mark]: 'class', all }
}

/** What is of a class arrives as being of one. */
const foreign = Object.create({}) as object

export function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(revived)
  if (mark in value && value[mark] === 'class' && 'all' in value)
    return Object.assign(Object.create(foreign) as object, revived(value.all))
  if (mark in value) return value[mark] === 'symbol' ? Symbol('not data') : (): void => {}
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revived(member)]))
}
