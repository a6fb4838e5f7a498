// Whether a value is data, and nothing but: what JSON can hold, so that it can be printed, sent and compared.

const deepest = 20

/** What of it is not, in words; `undefined` when all of it is. */
export function pathOfCode(value: unknown, path = 'it', depth = 0): string | undefined {
  if (value === null || value === undefined || typeof value === 'string' || typeof value === 'boolean') return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${path} is ${value}`
  if (typeof value !== 'object') return `${path} is a ${typeof value}`
  if (depth > deepest) return `${path} is nested too deep`
  const prototype: unknown = Object.getPrototypeOf(value)
  const isPlain = Array.isArray(value) || prototype === null || prototype === Object.prototype
  if (!isPlain) return `${path} is an object of a class`
  for (const [name, part] of Object.entries(value)) {
    const found = pathOfCode(part, path === 'it' ? name : `${path}.${name}`, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}
