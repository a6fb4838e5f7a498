// What writes were to leave behind, kept by business key until the run is over: each change is held against everything that
// was asked for under its key. Queues deliver long after they were asked, in any order, or several asks at once.

import type { EffectFacts } from '#server/service.ts'
import type { Fulfilled } from '#transport/transport.ts'
import type { Request } from './workload.ts'

type Wish = { readonly operation: number; readonly request: Request }

export class Wishes {
  readonly #byKey = new Map<string, Wish[]>()

  add(operation: number, request: Request): void {
    const { load, intent, ask } = request
    if (ask.key === undefined || !intent.content) return
    const name = nameOf(load.workspace, ask.key)
    const known = this.#byKey.get(name)
    if (known) known.push({ operation, request })
    else this.#byKey.set(name, [{ operation, request }])
  }

  /** What the change did of it. */
  held(workspace: string | null, { entity, key }: EffectFacts): Fulfilled {
    const wishes = workspace === null || key === undefined ? [] : (this.#byKey.get(nameOf(workspace, key)) ?? [])
    const fulfils: number[] = []
    let lacks: readonly string[] | undefined
    for (const { operation, request } of wishes) {
      lacks = request.intent.content?.lacking(request.load.workspace, request.ask, entity)
      if (lacks?.length === 0) fulfils.push(operation)
    }
    if (fulfils.length > 0) return { fulfils }
    return lacks ? { lacks } : {}
  }
}

function nameOf(workspace: string, key: string): string {
  return `${workspace} ${key}`
}
