// What a service knows: entities of one kind with their versions. Values are never changed, only followed by newer ones, so
// a reply, a rendering or a comparison can hold on to a version without copying it.

import { limits } from '#context/limits.ts'
import { Moment } from './moment.ts'
import type { EffectFacts } from './service.ts'

/** `at` is when it was committed; `-Infinity` for what was there before the run. */
export type Version<T> = { readonly number: number; readonly at: number; readonly value: T }

export type Change = { readonly change: string; readonly key?: string | undefined }

/** All entities of one kind in one workspace, in the order they were first committed. While the moment is late, everything
 * but `versions` shows what had been committed by then. */
export class Store<T> {
  readonly kind: string
  readonly moment: Moment
  readonly #versions = new Map<string, Version<T>[]>()

  /** `kind` is the first half of an entity's name, `contact:<id>`. */
  constructor(kind: string, moment = new Moment()) {
    this.kind = kind
    this.moment = moment
  }

  entity(id: string): string {
    return `${this.kind}:${id}`
  }

  has(id: string): boolean {
    return this.current(id) !== undefined
  }

  current(id: string): Version<T> | undefined {
    const versions = this.#versions.get(id)
    return versions && this.#shown(versions)
  }

  /** Oldest first, at most `limits.versionsPerEntity`. */
  versions(id: string): readonly Version<T>[] {
    return this.#versions.get(id) ?? []
  }

  *ids(): Iterable<string> {
    for (const [id, versions] of this.#versions) if (this.#shown(versions)) yield id
  }

  *all(): Iterable<Version<T>> {
    for (const versions of this.#versions.values()) {
      const shown = this.#shown(versions)
      if (shown) yield shown
    }
  }

  /** The newest version of the moment. Of what is older than memory reaches, the oldest version that is remembered. */
  #shown(versions: readonly Version<T>[]): Version<T> | undefined {
    const newest = versions.at(-1)
    const { asOf } = this.moment
    if (!newest || newest.at <= asOf) return newest
    this.moment.passOver()
    const [oldest] = versions
    const isRemembered = oldest?.number === 1
    return versions.findLast(({ at }) => at <= asOf) ?? (isRemembered ? undefined : oldest)
  }

  commit(id: string, value: T, { change, key }: Change): EffectFacts {
    let versions = this.#versions.get(id)
    if (!versions) {
      versions = []
      this.#versions.set(id, versions)
    }
    const number = (versions.at(-1)?.number ?? 0) + 1
    versions.push({ number, at: this.moment.now, value })
    if (versions.length > limits.versionsPerEntity) versions.shift()
    return { entity: this.entity(id), version: number, change, ...(key === undefined ? {} : { key }) }
  }
}
