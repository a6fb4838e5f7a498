// What a defined service holds for one workspace: a Store for each resource, and what is remembered of its requests. An entity that was
// deleted stays in its Store as `null`.

import assert from 'node:assert/strict'
import type { Versions } from '#history/event.ts'
import type { Prng } from '#random/prng.ts'
import { Moment } from '../moment.ts'
import type { EffectFacts } from '../service.ts'
import { Store } from '../store.ts'
import type { Json } from './definition.ts'
import type { Model, Resource } from './model.ts'
import { dateTime, drawValue, newId } from './values.ts'

/** An entity as the API tells it, `id` first. */
export type Row = { readonly [field: string]: Json }

export type Place = { readonly name: string; readonly region: string; readonly shard: string }

/** What a write was answered that may come again. */
export type Remembered = {
  /** The body that came with the key. */
  readonly body: string
  readonly status: number
  readonly text: string | null
  readonly contains: Versions
}

export class Holding {
  readonly place: Place
  readonly moment = new Moment()
  readonly remembered = new Map<string, Remembered>()
  /** Of the window that counts its requests. */
  window = { number: -1, used: 0 }
  readonly #stores = new Map<string, Store<Row | null>>()
  /** By resource, which entity has which key. */
  readonly #byKey = new Map<string, Map<string, string>>()
  readonly #random: Prng
  readonly #startSeconds: number
  #made = 0

  constructor(model: Model, place: Place, startSeconds: number, random: Prng) {
    this.place = place
    this.#random = random
    this.#startSeconds = startSeconds
    for (const resource of model.resources) {
      this.#stores.set(resource.name, new Store(resource.name, this.moment))
      this.#byKey.set(resource.name, new Map())
    }
    for (const resource of model.resources)
      for (let nth = 0; nth < resource.seeded; nth += 1) this.#seed(resource, random.fork(resource.name, nth))
  }

  store(resource: string): Store<Row | null> {
    const store = this.#stores.get(resource)
    assert(store, `There is no resource ${resource}.`)
    return store
  }

  /** As it is shown now; `undefined` when there is none, or none any more. */
  row(resource: string, id: string): Row | undefined {
    return this.store(resource).current(id)?.value ?? undefined
  }

  idOfKey(resource: string, key: string): string | undefined {
    return this.#byKey.get(resource)?.get(key)
  }

  /** Its id is new here. */
  create(resource: Resource, values: Row, nowSeconds: number): EffectFacts {
    const stamps = stampsOf(resource, ['created', 'changed'], nowSeconds)
    const id = this.#newId(resource)
    const row: Row = { id, ...inOrder(resource, { ...values, ...stamps }) }
    this.#note(resource, row)
    return this.store(resource.name).commit(String(id), row, { change: 'created', key: keyOf(resource, row) })
  }

  update(resource: Resource, row: Row, values: Row, nowSeconds: number): EffectFacts {
    const stamps = stampsOf(resource, ['changed'], nowSeconds)
    const next: Row = { ...row, ...values, ...stamps }
    this.#note(resource, next)
    return this.store(resource.name).commit(idOf(row), next, { change: 'updated', key: keyOf(resource, next) })
  }

  delete(resource: Resource, row: Row): EffectFacts {
    const key = keyOf(resource, row)
    if (key !== undefined) this.#byKey.get(resource.name)?.delete(key)
    return this.store(resource.name).commit(idOf(row), null, { change: 'deleted', key })
  }

  /** One that is there, or null: of the first half, because a load deletes from the end. */
  someId(resource: string, random: Prng): Json {
    const all = [...this.store(resource).ids()]
    const ids = all.slice(0, Math.ceil(all.length / 2))
    const row = this.row(resource, random.pick(ids) ?? '')
    return row?.['id'] ?? null
  }

  #seed(resource: Resource, random: Prng): void {
    const about = { startSeconds: this.#startSeconds, idOf: (of: string) => this.someId(of, random.fork('of')) }
    const values: Record<string, Json> = {}
    for (const [name, field] of Object.entries(resource.fields))
      values[name] = drawValue(name, field, random.fork(name), about)
    const id = this.#newId(resource)
    for (let again = 0; this.#hasTwin(resource, values); again += 1)
      values[resource.key ?? ''] = drawValue(
        resource.key ?? '',
        resource.fields[resource.key ?? ''] ?? { type: 'string' },
        random.fork('again', again),
        about,
      )
    const changed = dateTime(this.#startSeconds - random.fork('changed').integer(60, 86_400))
    const stamped = Object.entries(resource.fields).filter(([, { set }]) => set === 'changed')
    const row: Row = { id, ...values, ...Object.fromEntries(stamped.map(([name]) => [name, changed])) }
    this.#note(resource, row)
    this.store(resource.name).commit(String(id), row, { change: 'seeded' })
  }

  #hasTwin({ name, key }: Resource, values: Row): boolean {
    return key !== null && this.idOfKey(name, String(values[key])) !== undefined
  }

  #note(resource: Resource, row: Row): void {
    const key = keyOf(resource, row)
    if (key !== undefined) this.#byKey.get(resource.name)?.set(key, idOf(row))
  }

  #newId({ name, ids }: Resource): string | number {
    for (;;) {
      this.#made += 1
      const id = newId(ids, this.#made, this.#random.fork('id', name, this.#made))
      if (this.store(name).versions(String(id)).length === 0) return id
    }
  }
}

export function idOf(row: Row): string {
  return String(row['id'])
}

export function keyOf({ key }: Resource, row: Row): string | undefined {
  const value = key === null ? undefined : row[key]
  return typeof value === 'string' ? value : undefined
}

/** The fields in the order of the definition; what nobody gave is null. */
function inOrder({ fields }: Resource, values: Row): Row {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, values[name] ?? null]))
}

function stampsOf({ fields }: Resource, when: readonly string[], nowSeconds: number): Row {
  const stamped = Object.entries(fields).filter(([, { set }]) => set !== undefined && when.includes(set))
  return Object.fromEntries(stamped.map(([name]) => [name, dateTime(nowSeconds)]))
}
