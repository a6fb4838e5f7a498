// Hears what the client says of itself by `always`, `sometimes` and `reachable`, and records it: what is declared, the first time
// that it held and the first that it did not, and at the end how often.

import { limits } from '#context/limits.ts'
import { oneLine } from '#context/foreign-text.ts'
import { currentOwner, isDead } from '#context/owner.ts'
import { propertyRegister, type PropertyRegister } from '#client/properties.ts'
import type { PropertyKind } from '#history/event.ts'
import type { Recorder } from '#history/recorder.ts'
import { errorFacts, shortened } from './error-facts.ts'

type Counted = { readonly type: PropertyKind; held: number; broken: number }

/** Taken before any code of a client runs. */
const { stringify } = JSON

export class Properties implements PropertyRegister {
  readonly #recorder: Recorder
  /** By name, in the order in which they were declared. */
  readonly #known = new Map<string, Counted>()
  #isFull = false

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  /** From now on, in this process. Returns how to stop. */
  listen(): () => void {
    Object.defineProperty(globalThis, propertyRegister, { value: this, configurable: true, enumerable: false })
    return () => Reflect.deleteProperty(globalThis, propertyRegister)
  }

  declare(type: PropertyKind, name: string): void {
    if (!isDead(currentOwner())) this.#find(type, name)
  }

  /** A process that has died says nothing any more. */
  see(type: PropertyKind, name: string, holds: boolean, details: unknown): void {
    const owner = currentOwner()
    const counted = isDead(owner) ? undefined : this.#find(type, name)
    if (!counted) return
    counted[holds ? 'held' : 'broken'] += 1
    if (counted[holds ? 'held' : 'broken'] > 1) return
    const shown = details === undefined ? undefined : detailsInWords(details)
    this.#recorder.record({
      kind: 'property.seen',
      property: nameOf(name),
      holds,
      instance: owner?.instance ?? 0,
      operation: owner?.operation ?? null,
      ...(owner?.delivery !== undefined && { delivery: owner.delivery }),
      ...(shown !== undefined && { details: shown }),
    })
  }

  /** At the end of the run. */
  count(): void {
    for (const [property, { held, broken }] of this.#known)
      this.#recorder.record({ kind: 'property.counted', property, held, broken })
  }

  /** A name that is new is declared with it: a module that is kept between runs declares only once. */
  #find(type: PropertyKind, given: string): Counted | undefined {
    const property = nameOf(given)
    const known = this.#known.get(property)
    if (known && known.type !== type)
      throw new TypeError(`The property "${property}" is declared as ${known.type} and as ${type}.`)
    if (known) return known
    if (this.#known.size >= limits.properties) return this.#refuse()
    const counted = { type, held: 0, broken: 0 }
    this.#known.set(property, counted)
    this.#recorder.record({ kind: 'property.declared', property, type, by: 'client' })
    return counted
  }

  #refuse(): undefined {
    if (!this.#isFull) this.#recorder.record({ kind: 'limit.reached', limit: 'properties', operation: null })
    this.#isFull = true
  }
}

function nameOf(given: unknown): string {
  const name = typeof given === 'string' ? short(given) : ''
  if (name === '') throw new TypeError('A property needs a name: a text that says what holds.')
  return name
}

/** Cut before it is looked through, because it may be as long as it likes. */
function short(text: string): string {
  return shortened(oneLine(text.slice(0, 4 * limits.foreignText)))
}

/** Whatever the client hands over: its getters may throw, and it may be a circle. */
function detailsInWords(details: unknown): string {
  if (typeof details === 'string') return short(details)
  try {
    return short(stringify(details, plain) ?? String(details))
  } catch {
    return '(details that cannot be shown)'
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return `(${typeof value})`
  // A stack names files of this machine.
  if (!(value instanceof Error)) return value
  const { name, message } = errorFacts(value)
  return `${name}: ${message}`
}
