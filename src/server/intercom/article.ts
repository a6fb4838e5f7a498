// An article of the help center as the Store holds it.

export type Article = {
  readonly id: string
  readonly title: string
  readonly description: string | null
  readonly body: string | null
  readonly authorId: string
  readonly state: 'published' | 'draft'
  readonly parentId: number | null
  readonly createdAt: number
  readonly updatedAt: number
  /** Nobody but the Store remembers it. */
  readonly deleted: boolean
}
