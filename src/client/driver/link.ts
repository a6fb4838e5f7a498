// What carries messages to a driver and back: the pipes of a process, or HTTP.

import type { Message } from './message.ts'

export interface Link {
  /** What outlives it, where that is not a directory of this machine: by its name, and where the driver finds it. */
  readonly store?: { readonly name: string; readonly directory: string }
  send(message: Message): void
  /** Nothing more will be asked. Whether it was gone soon after. */
  leave(): Promise<'gone' | 'overdue'>
  /** It does not run, or has no network, until it is told otherwise; where that is possible. Whoever is gone is left alone. */
  hold?(state: HeldState, on: boolean): Promise<void>
  /** At once, with everything that it started. What it still says is not heard. */
  kill(): void
}

export type HeldState = 'paused' | 'cut off'

export interface Ear {
  onMessage(message: unknown): void
  /** For people; `bytes` of it were not in its log but where messages are expected. */
  onChatter(text: string, bytes: number): void
  onEnd(why: Error): void
}

export type OpenLink = (ear: Ear) => Link
