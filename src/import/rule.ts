// One row of the table of words: which words, which fault, and what of it is a guess.

/** What is hit: requests to the REST API, whole workspaces, webhooks, a fleet of servers, or requests for WhatsApp media. */
type Target = 'requests' | 'workspaces' | 'webhooks' | 'fleet' | 'media'

export type Rule = {
  /** Of the fault in the scenario. */
  readonly name: string
  readonly pattern: RegExp
  readonly kind: string
  readonly target: Target
  /** Parameters of the kind, as a scenario writes them. */
  readonly with?: Written | ((words: string) => Written)
  readonly share?: string
  /** Rules whose words tell of what follows from this fault in the replay. */
  readonly explains?: readonly string[]
  /** Proposed only where no other rule proposes anything. */
  readonly isWeak?: true
  readonly why: string
}

export type Written = Readonly<Record<string, unknown>>

/** Between words that need not be neighbours. */
export const near = '.{0,60}?'
/** Words in any case: one of these. */
export const words = (...alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'), 'iu')
