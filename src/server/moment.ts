// What a service sees while it handles one request: what time it is, and how old the data may be that reads look at. A Store
// without delays always shows the present. Handling is synchronous, so one moment per workspace is enough.

export type View = {
  readonly now: number
  /** Reads show what had been committed by then; `Infinity`: everything. */
  readonly asOf: number
  /** Attachments of parts that came later do not show; `Infinity`: all show. */
  readonly attachmentsUntil: number
}

/** What became visible of a delay: something newer was passed over. */
export type Passed = { readonly versions: boolean; readonly attachments: boolean }

export class Moment {
  /** Of the latest request; what is committed outside of any belongs to it. All times are ms on one clock. */
  #now = -Infinity
  #asOf = Infinity
  #attachmentsUntil = Infinity
  #passedVersions = false
  #passedAttachments = false

  get now(): number {
    return this.#now
  }

  get asOf(): number {
    return this.#asOf
  }

  get isLate(): boolean {
    return this.#asOf !== Infinity
  }

  get delaysAttachments(): boolean {
    return this.#attachmentsUntil !== Infinity
  }

  /** Time passes without a request: what happens in a workspace by itself. */
  advance(now: number): void {
    this.#now = now
  }

  /** Does the work at that moment, and tells what it passed over; afterwards everybody sees the present again. */
  during<T>({ now, asOf, attachmentsUntil }: View, work: () => T): { readonly value: T; readonly passed: Passed } {
    this.#now = now
    this.#asOf = asOf
    this.#attachmentsUntil = attachmentsUntil
    this.#passedVersions = false
    this.#passedAttachments = false
    try {
      const value = work()
      return { value, passed: { versions: this.#passedVersions, attachments: this.#passedAttachments } }
    } finally {
      this.#asOf = Infinity
      this.#attachmentsUntil = Infinity
    }
  }

  passOver(): void {
    this.#passedVersions = true
  }

  /** Whether an attachment that came at `at` does not show yet. */
  hidesAttachment(at: number): boolean {
    if (at <= this.#attachmentsUntil) return false
    this.#passedAttachments = true
    return true
  }
}
