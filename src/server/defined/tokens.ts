// Who asks a defined service: a token for each workspace, wherever the definition has it stand. A rotation issues another one and takes
// none back.

import assert from 'node:assert/strict'
import type { Prng } from '#random/prng.ts'
import type { ServiceRequest } from '../service.ts'
import { hex } from '../intercom/identifiers.ts'
import type { Holding } from './holding.ts'
import type { Model } from './model.ts'

export type Holder = { readonly holding: Holding; readonly generation: number }

export class Tokens {
  /** The newest of each workspace, by its name. */
  readonly newest: Record<string, string> = {}
  readonly #model: Model
  readonly #holdings: ReadonlyMap<string, Holding>
  readonly #random: Prng
  readonly #holders = new Map<string, Holder>()
  readonly #generations = new Map<string, number>()

  constructor(model: Model, holdings: ReadonlyMap<string, Holding>, random: Prng) {
    this.#model = model
    this.#holdings = holdings
    this.#random = random
    for (const workspace of holdings.keys()) this.rotate(workspace)
  }

  /** Nobody is asked for a token where there is none: then it is the first workspace. */
  holder(request: ServiceRequest): Holder | undefined {
    if (this.#model.auth.kind === 'none') {
      const [first] = this.#holdings.values()
      return first && { holding: first, generation: 0 }
    }
    const token = this.tokenIn(request)
    return token === undefined ? undefined : this.#holders.get(token)
  }

  tokenIn({ headers, url }: ServiceRequest): string | undefined {
    const { kind, name } = this.#model.auth
    if (kind === 'bearer') return /^Bearer +(\S+)$/iu.exec(headers['authorization'] ?? '')?.[1]
    if (kind === 'header') return headers[name.toLowerCase()]
    return kind === 'query' ? (url.searchParams.get(name) ?? undefined) : undefined
  }

  rotate(workspace: string): string {
    const holding = this.#holdings.get(workspace)
    assert(holding, `There is no workspace ${workspace}.`)
    const generation = (this.#generations.get(workspace) ?? -1) + 1
    const token = `${this.#model.name}-${hex(this.#random.fork(workspace, generation), 32)}`
    this.#generations.set(workspace, generation)
    this.#holders.set(token, { holding, generation })
    this.newest[workspace] = token
    return token
  }
}
