// A contact as the Store holds it: what clients can change or search for. Everything else of the API's shape is constant.

export type CustomAttributes = Readonly<Record<string, string | number | boolean | null>>

export type AppliedTag = {
  readonly id: string
  readonly appliedAt: number
  readonly adminId: string
}

export type Contact = {
  readonly id: string
  readonly externalId: string | null
  readonly role: 'user' | 'lead'
  readonly email: string | null
  readonly phone: string | null
  readonly name: string | null
  readonly avatar: string | null
  readonly ownerId: number | null
  readonly unsubscribedFromEmails: boolean
  readonly languageOverride: string | null
  /** Unix seconds, as all times of the API. */
  readonly createdAt: number
  readonly updatedAt: number
  readonly signedUpAt: number | null
  readonly lastSeenAt: number | null
  readonly customAttributes: CustomAttributes
  /** Absent until there is one. */
  readonly tags?: readonly AppliedTag[]
  readonly companyIds?: readonly string[]
  /** Found by nothing but its id. */
  readonly archived?: boolean
  readonly deleted: boolean
  /** The contact that took over this one's conversations when the two were merged. */
  readonly mergedInto?: string
}
