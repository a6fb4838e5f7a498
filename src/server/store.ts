// What a service knows: entities of one kind with their versions. Values are never changed, only followed by newer ones, so
// a reply, a rendering or a comparison can hold on to a version without copying it.

import { limits } from '#context/limits.ts'
import type { EffectFacts } from './service.ts'

export type Version<T> = { readonly number: number; readonly value: T }

export type Change = { readonly change: string; readonly key?: string | undefined }

/** All entities of one kind in one workspace, in the order they were first committed. */
export class Store<T> {
  readonly kind: string
  readonly #versions = new Map<string, Version<T>[]>()

  /** `kind` is the first half of an entity's name, `contact:<id>`. */
  constructor(kind: string) {
    this.kind = kind
  }

  entity(id: string): string {
    return `${this.kind}:${id}`
  }

  has(id: string): boolean {
    return this.#versions.has(id)
  }

  current(id: string): Version<T> | undefined {
    return this.#versions.get(id)?.at(-1)
  }

  /** Oldest first, at most `limits.versionsPerEntity`. */
  versions(id: string): readonly Version<T>[] {
    return this.#versions.get(id) ?? []
  }

  ids(): Iterable<string> {
    return this.#versions.keys()
  }

  *all(): Iterable<Version<T>> {
    for (const versions of this.#versions.values()) yield versions.at(-1) as Version<T>
  }

  commit(id: string, value: T, { change, key }: Change): EffectFacts {
    let versions = this.#versions.get(id)
    if (!versions) {
      versions = []
      this.#versions.set(id, versions)
    }
    const number = (versions.at(-1)?.number ?? 0) + 1
    versions.push({ number, value })
    if (versions.length > limits.versionsPerEntity) versions.shift()
    return { entity: this.entity(id), version: number, change, ...(key === undefined ? {} : { key }) }
  }
}
