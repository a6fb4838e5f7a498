// A company as the Store holds it. Which contacts belong to it is known by the contacts.

import type { CustomAttributes } from './contact.ts'

export type Plan = { readonly id: string; readonly name: string }

export type Company = {
  readonly id: string
  /** The client's own name for it, given once. */
  readonly companyId: string
  readonly name: string | null
  readonly plan: Plan | null
  readonly size: number | null
  readonly website: string | null
  readonly industry: string | null
  readonly monthlySpend: number
  /** Unix seconds, as all times of the API. */
  readonly remoteCreatedAt: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly lastRequestAt: number | null
  readonly customAttributes: CustomAttributes
  readonly tagIds: readonly string[]
  readonly deleted: boolean
}
