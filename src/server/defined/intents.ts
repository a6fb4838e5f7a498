// What a load can ask of a client of a defined service: `parcel.read` and so on, for each operation that its resources offer.

import assert from 'node:assert/strict'
import { UserError } from '#context/user-error.ts'
import type { Prng } from '#random/prng.ts'
import { guarded } from '../guarded-intent.ts'
import type { Ask, Content, Intent } from '../intent.ts'
import type { Json, Verb } from './definition.ts'
import { idOf, type Holding, type Row } from './holding.ts'
import type { Model, Resource } from './model.ts'
import { only, truthOf, truthOfList } from './truth.ts'
import { drawValue } from './values.ts'

type Holdings = ReadonlyMap<string, Holding>

/** Redraws of a key before it is said that there is no room for another one. */
const mostDraws = 1_000

export function createIntents(model: Model, holdings: Holdings, startSeconds: number): ReadonlyMap<string, Intent> {
  const makers: readonly Maker[] = model.resources.map((resource) => new Maker(model, resource, holdings, startSeconds))
  const all = makers.flatMap((maker) => maker.intents())
  return new Map(all.map((intent) => [intent.name, guarded(intent)]))
}

/** Of one resource. */
class Maker {
  readonly #model: Model
  readonly #resource: Resource
  readonly #holdings: Holdings
  readonly #startSeconds: number
  /** By workspace: who was there when the run began, most popular first. */
  readonly #first = new Map<string, readonly Row[]>()
  /** Keys that were given to a load: no two of its asks are one piece of business. */
  readonly #keys = new Set<string>()

  constructor(model: Model, resource: Resource, holdings: Holdings, startSeconds: number) {
    this.#model = model
    this.#resource = resource
    this.#holdings = holdings
    this.#startSeconds = startSeconds
    for (const [workspace, holding] of holdings)
      this.#first.set(
        workspace,
        Array.from(holding.store(resource.name).all(), ({ value }) => value ?? {}),
      )
  }

  intents(): Intent[] {
    return this.#resource.offers.map((verb) => {
      const content = this.#content(verb)
      return {
        name: `${this.#resource.name}.${verb}`,
        effect: verb === 'list' || verb === 'read' ? 'read' : 'write',
        draw: (workspace, rank, nth, random) => this.#draw(verb, workspace, rank, nth, random),
        truth: (workspace, ask, value, shown) => this.#truth(verb, workspace, ask, shown ?? value, shown !== undefined),
        ...(content && { content }),
      }
    })
  }

  #draw(verb: Verb, workspace: string, rank: number, nth: number, random: Prng): Ask {
    const { name, key, parent } = this.#resource
    if (verb === 'list') return { input: parent === null ? {} : { [parent]: this.#parentOf(workspace, rank) } }
    if (verb === 'create') return this.#newOne(workspace, random)
    const size = this.#first.get(workspace)?.length ?? 0
    // The least popular go first, each once, so that reads rarely meet what is gone.
    const row = this.#at(workspace, verb === 'delete' ? size - 1 - ((nth - 1) % Math.max(1, size)) : rank)
    const about = { entity: `${name}:${idOf(row)}` }
    const business = key === null ? {} : { key: String(row[key]) }
    const ref = { [name]: this.#refOf(row) }
    if (verb === 'read') return { input: ref, ...about }
    if (verb === 'delete') return { input: ref, ...about, ...business }
    const values = this.#values(workspace, this.#resource.changes, random)
    return { input: { ...ref, ...values }, ...about, ...business }
  }

  #newOne(workspace: string, random: Prng): Ask {
    const { fields, key } = this.#resource
    const names = Object.keys(fields).filter((name) => fields[name]?.set === undefined)
    for (let again = 0; again < mostDraws; again += 1) {
      const input = this.#values(workspace, names, random.fork('create', again))
      if (key === null) return { input }
      const value = String(input[key])
      if (this.#keys.has(value) || this.#holding(workspace).idOfKey(this.#resource.name, value) !== undefined) continue
      this.#keys.add(value)
      return { input, key: value }
    }
    throw new UserError(`There is no room for another ${this.#resource.name}: nearly every ${key} is taken.`, {
      hint: `Give \`like\` of ${key} more places in the definition of the service, or let the load ask less.`,
    })
  }

  #values(workspace: string, names: readonly string[], random: Prng): Record<string, Json> {
    const holding = this.#holding(workspace)
    const values: Record<string, Json> = {}
    for (const name of names) {
      const field = this.#resource.fields[name]
      assert(field, `${this.#resource.name} has no field ${name}.`)
      const own = random.fork('field', name)
      const idOfOther = (resource: string): Json => holding.someId(resource, own)
      values[name] = drawValue(name, field, own, { startSeconds: this.#startSeconds, idOf: idOfOther })
    }
    return values
  }

  /** What a client needs to find it again: its id, its key, and what it lies below. */
  #refOf(row: Row): Row {
    const { key, parent } = this.#resource
    const names = ['id', key, parent].filter((name) => name !== null)
    return Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
  }

  #parentOf(workspace: string, rank: number): Json {
    return this.#at(workspace, rank)[this.#resource.parent ?? ''] ?? null
  }

  #at(workspace: string, rank: number): Row {
    const rows = this.#first.get(workspace) ?? []
    const row = rows[rank % Math.max(1, rows.length)]
    if (row) return row
    throw new UserError(`the workspace ${workspace} has no ${this.#resource.name} to ask about`, {
      hint: 'A load asks for them: let `seeded` be more than 0, or leave the load out.',
    })
  }

  #truth(verb: Verb, workspace: string, { input }: Ask, value: unknown, isView: boolean) {
    const [model, resource, holding] = [this.#model, this.#resource, this.#holding(workspace)]
    const given = input as Readonly<Record<string, unknown>>
    if (verb === 'list' && !isView)
      return truthOfList(
        model,
        resource,
        holding,
        resource.parent === null ? undefined : String(given[resource.parent]),
        value,
      )
    const ref = given[resource.name] as Row | undefined
    const key = verb === 'create' && resource.key !== null ? String(given[resource.key]) : undefined
    const asked = ref ? idOf(ref) : key === undefined ? undefined : holding.idOfKey(resource.name, key)
    return truthOf(model, resource, holding, asked, only(model, value))
  }

  /** Each field that was asked for, as it was asked. */
  #content(verb: Verb): Content | undefined {
    if (verb !== 'create' && verb !== 'update') return undefined
    const { name, key, fields, changes } = this.#resource
    const own = verb === 'update' ? changes : Object.keys(fields).filter((each) => fields[each]?.set === undefined)
    const wanted = own.filter((each) => each !== key)
    return {
      fields: wanted,
      lacking: (workspace, { input }, entity) => {
        const id = entity.startsWith(`${name}:`) ? entity.slice(name.length + 1) : ''
        const stored = this.#holding(workspace).store(name).versions(id).at(-1)?.value
        return wanted.filter((each) => stored?.[each] !== (input as Row)[each])
      },
    }
  }

  #holding(workspace: string): Holding {
    const holding = this.#holdings.get(workspace)
    assert(holding, `There is no workspace ${workspace}.`)
    return holding
  }
}
