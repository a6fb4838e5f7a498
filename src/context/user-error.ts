// A mistake of the user: a sentence that says what, where, and what to do. It ends in exit code 2 and never in a stack. What the
// machine refuses (a full disk, a directory that is read-only) is told the same way, and ends in 4.

export type Place = { readonly file: string; readonly line?: number; readonly column?: number }

type More = {
  readonly place?: Place
  readonly hint?: string
  readonly excerpt?: string
  readonly lacks?: readonly string[]
  readonly isMachine?: boolean
  readonly moves?: string
}

const brand = Symbol.for('brownout.user-error')

export class UserError extends Error {
  readonly [brand] = true
  override readonly name = 'UserError'
  readonly place: Place | undefined
  readonly hint: string | undefined
  /** The offending line with a caret under it, when there is one. */
  readonly excerpt: string | undefined
  /** Operations that a client would have to offer for what was wanted of it. */
  readonly lacks: readonly string[] | undefined
  /** Nothing is wrong with what was asked for: the machine would not take what was to be written. */
  readonly isMachine: boolean
  /** What of a client needs real sockets and real time, so that a run in virtual time is moved there. */
  readonly moves: string | undefined

  constructor(what: string, more: More = {}) {
    super(what)
    this.place = more.place
    this.hint = more.hint
    this.excerpt = more.excerpt
    this.lacks = more.lacks
    this.isMachine = more.isMachine ?? false
    this.moves = more.moves
  }

  /** `file:line:column: what`, the excerpt, and the hint. */
  override toString(): string {
    const { file, line, column } = this.place ?? {}
    const where = [file, line, column].filter((part) => part !== undefined).join(':')
    const head = where ? `${where}: ${this.message}` : this.message
    return [head, this.excerpt, this.hint].filter((part) => part !== undefined).join('\n')
  }
}

export function isUserError(error: unknown): error is UserError {
  return typeof error === 'object' && error !== null && brand in error
}
