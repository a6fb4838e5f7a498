// A deep copy. Plain data, which nearly everything is, is copied by hand: structuredClone costs ten times as much.

const notPlain = Symbol('not plain')
/** Deeper data may be a circle, which is for structuredClone to see. */
const deepest = 32

/** Throws what structuredClone throws for what cannot be copied. */
export function plainCopy<T>(value: T): T {
  const copy = copied(value, 0)
  return copy === notPlain ? structuredClone(value) : (copy as T)
}

function copied(value: unknown, depth: number): unknown {
  if (typeof value === 'function' || typeof value === 'symbol' || depth > deepest) return notPlain
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return copiedArray(value, depth)
  if (Object.getPrototypeOf(value) !== Object.prototype) return notPlain
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const member = key === '__proto__' ? notPlain : copied((value as Record<string, unknown>)[key], depth + 1)
    if (member === notPlain) return notPlain
    copy[key] = member
  }
  return copy
}

function copiedArray(values: readonly unknown[], depth: number): unknown {
  const copy: unknown[] = []
  for (let index = 0; index < values.length; index += 1) {
    const member = index in values ? copied(values[index], depth + 1) : notPlain
    if (member === notPlain) return notPlain
    copy.push(member)
  }
  return copy
}
