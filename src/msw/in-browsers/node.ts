// What the simulation takes of Node, for browsers, under the same names: the build puts it in the place of Node's modules. There are no
// files there, and nothing is done on anybody's behalf.

/** node:async_hooks. Whose work it is matters to those who judge a client, and nobody does that here. */
export class AsyncLocalStorage<T> {
  getStore(): T | undefined {
    return undefined
  }
  run<R>(_owner: T, work: () => R): R {
    return work()
  }
  exit<R>(work: () => R): R {
    return work()
  }
}

/** node:http. Answers over HTTP/2, which browsers are used to, have no words beside the code. */
export const STATUS_CODES: Readonly<Record<number, string>> = {}

/** node:tls. A browser tells nobody why a connection failed. */
export function checkServerIdentity(): undefined {
  return undefined
}

/** node:fs. */
export function existsSync(): boolean {
  return false
}
export function statSync(): undefined {
  return undefined
}
export function readFileSync(): never {
  throw new Error('There are no files in a browser.')
}
export function readdirSync(): readonly never[] {
  return []
}

/** node:path and node:url, of files that are not there. */
export const [join, resolve] = [joined, joined]
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
export function dirname(path: string): string {
  const end = path.lastIndexOf('/')
  return end > 0 ? path.slice(0, end) : '/'
}
export function relative(_from: string, to: string): string {
  return to
}
export function isAbsolute(path: string): boolean {
  return path.startsWith('/')
}
export function fileURLToPath(url: URL): string {
  return url.pathname
}
function joined(...parts: readonly string[]): string {
  return parts.join('/')
}

/** node:util, of values as they are in JSON, and dates. */
export function isDeepStrictEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  if (isDate(one) || isDate(other)) return isDate(one) && isDate(other) && Object.is(one.getTime(), other.getTime())
  const entries = Object.entries(one)
  return (
    entries.length === Object.keys(other).length &&
    entries.every(
      ([key, value]) => Object.hasOwn(other, key) && isDeepStrictEqual(value, (other as Record<string, unknown>)[key]),
    )
  )
}
export const types = { isDate }
function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === '[object Date]'
}
export function stripVTControlCharacters(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are the characters that are meant
  return text.replaceAll(/[\u001B\u009B](?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-_])/gu, '')
}
