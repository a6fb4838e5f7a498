// Says whether work is under way that ends outside the event loop's sight: files, crypto, zlib, name look-ups on the
// threadpool, and hops over `setImmediate`. Virtual time must not pass while there is any, or a file that took a
// millisecond seems to have taken hours. One `init` hook always; completions are watched only while something is pending.

import { asyncWrapProviders, createHook } from 'node:async_hooks'
import { types } from 'node:util'

/** What each type of Node's own resources is to a person. Every crypto job is called a `...REQUEST`. */
const kinds: readonly [type: RegExp, kind: string][] = [
  [/^(FSREQ(CALLBACK|PROMISE)|FILEHANDLECLOSEREQ)$/u, 'file access'],
  [/^(GETADDRINFOREQWRAP|GETNAMEINFOREQWRAP|QUERYWRAP)$/u, 'name look-up'],
  [/^(?!HTTPCLIENT)[A-Z0-9]+REQUEST$/u, 'crypto'],
  [/^ZLIB$/u, 'compression'],
  [/^BLOBREADER$/u, 'blob read'],
]

type Method = (...values: unknown[]) => unknown
type Job = { run: Method; readonly ondone?: unknown }
type Inflating = { write: Method }
type Reader = { pull: Method }
type Hop = { readonly _destroyed: boolean }
type Pending = { readonly kind: string; readonly type: string; readonly resource: object; count: number }

export class ThreadpoolGuard {
  readonly #pending = new Map<number, Pending>()
  readonly #tracked = trackedTypes()
  #isWatching = false
  #lastHop: Hop | undefined

  readonly #starts = createHook({
    trackPromises: false,
    init: (id, type, _trigger, resource) => this.#started(id, type, resource),
  })
  readonly #ends = createHook({
    trackPromises: false,
    after: (id) => this.#ended(id),
    destroy: (id) => this.#ended(id),
  })

  enable(): void {
    this.#starts.enable()
  }

  disable(): void {
    this.#starts.disable()
    this.reset()
  }

  reset(): void {
    this.#pending.clear()
    this.#watchEnds(false)
    this.#lastHop = undefined
  }

  /** What is under way, in words; `undefined` when nothing is. */
  pending(): string | undefined {
    for (const [id, { kind, type, resource }] of this.#pending) {
      if (isAwaited(type, resource)) return `${kind} (${type})`
      this.#pending.delete(id)
    }
    this.#watchEnds(false)
    return undefined
  }

  /** Whether somebody waits for the next turn by `setImmediate`. They run in order, so the youngest tells. */
  hopping(): boolean {
    return this.#lastHop?._destroyed === false
  }

  #started(id: number, type: string, resource: object): void {
    if (type === 'Immediate') {
      this.#lastHop = resource as Hop
      return
    }
    const kind = this.#tracked.get(type)
    if (!kind) return
    const start = (): void => this.#add(id, kind, type, resource)
    if (kind === 'crypto') watchJob(resource as Job, start)
    else if (kind === 'compression') watchWrites(resource as Inflating, start)
    else if (kind === 'blob read') watchPulls(resource as Reader, start, () => this.#ended(id))
    else start()
  }

  #add(id: number, kind: string, type: string, resource: object): void {
    const known = this.#pending.get(id)
    if (known) {
      known.count += 1
      return
    }
    this.#watchEnds(true)
    this.#pending.set(id, { kind, type, resource, count: 1 })
  }

  #ended(id: number): void {
    const ended = this.#pending.get(id)
    if (!ended) return
    ended.count -= 1
    if (ended.count === 0) this.#pending.delete(id)
  }

  #watchEnds(isWatching: boolean): void {
    if (isWatching === this.#isWatching) return
    this.#isWatching = isWatching
    if (isWatching) this.#ends.enable()
    else this.#ends.disable()
  }
}

/** Synchronous crypto makes a job too, and nobody ever reports its end. Asynchronous jobs have a callback or a promise. */
function watchJob(job: Job, start: () => void): void {
  const { run } = job
  job.run = () => {
    const result = run.call(job)
    if (typeof job.ondone === 'function' || types.isPromise(result)) start()
    return result
  }
}

/** A zlib stream is one resource for all its writes, and may begin the next write in the callback of the last. */
function watchWrites(stream: Inflating, start: () => void): void {
  const { write } = stream
  stream.write = (...values) => {
    start()
    return write.apply(stream, values)
  }
}

/** Reads of a file-backed blob complete in native code; only the reader's own callback shows it. */
function watchPulls(reader: Reader, start: () => void, end: () => void): void {
  const { pull } = reader
  reader.pull = (callback) => {
    start()
    return pull.call(reader, (...values: unknown[]) => {
      end()
      return (callback as Method)(...values)
    })
  }
}

/** A file request without a callback serves native code (blobs), which never reports its end. */
function isAwaited(type: string, resource: object): boolean {
  return type !== 'FSREQCALLBACK' || 'oncomplete' in resource
}

/** Only Node's own types: libraries may name their resources as they like, and some of those never end. */
function trackedTypes(): ReadonlyMap<string, string> {
  const tracked = new Map<string, string>()
  for (const type of Object.keys(asyncWrapProviders)) {
    const kind = kinds.find(([name]) => name.test(type))?.[1]
    if (kind) tracked.set(type, kind)
  }
  return tracked
}
