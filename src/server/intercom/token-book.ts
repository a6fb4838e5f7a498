// Which token opens which workspace. A rotation issues another token and takes none back: old ones go on working until a
// fault says otherwise.

import assert from 'node:assert/strict'
import { basicCredentials } from '#context/basic-auth.ts'
import type { Workspace } from './workspace.ts'

export type Holder = {
  readonly workspace: Workspace
  /** 0 for the workspace's first token. */
  readonly generation: number
}

export class TokenBook {
  /** The newest of each workspace, by its name. */
  readonly newest: Readonly<Record<string, string>>
  readonly #newest: Record<string, string> = {}
  readonly #holders = new Map<string, Holder>()
  readonly #workspaces: ReadonlyMap<string, Workspace>

  constructor(workspaces: ReadonlyMap<string, Workspace>) {
    this.#workspaces = workspaces
    this.newest = this.#newest
    for (const workspace of workspaces.values()) this.#issue({ workspace, generation: 0 })
  }

  holder(token: string): Holder | undefined {
    return this.#holders.get(token)
  }

  rotate(name: string): string {
    const workspace = this.#workspaces.get(name)
    assert(workspace, `There is no workspace ${name}.`)
    const latest = this.#holders.get(this.#newest[name] ?? '')
    return this.#issue({ workspace, generation: (latest?.generation ?? -1) + 1 })
  }

  #issue(holder: Holder): string {
    const token = holder.workspace.token(holder.generation)
    this.#newest[holder.workspace.name] = token
    this.#holders.set(token, holder)
    return token
  }
}

/** As a bearer; or as the name of a person without a password, as the SDK sent it before 6. */
export function tokenIn(authorization: string): string | undefined {
  const bearer = /^Bearer +(\S+)$/iu.exec(authorization)?.[1]
  return bearer ?? basicCredentials(authorization)?.replace(/:$/u, '')
}
