// Where a Redis runs: a process of this machine, or a container. Whoever holds one says what is to be done; what it is called there is
// the host's business.

import type { Address } from './dial.ts'

export interface Host {
  /** In words, without a version: `redis-server, a process of this machine`. */
  readonly kind: string
  /** Where the client finds it. */
  readonly url: string
  /** Where the harness does, once it has started. */
  address(): Address
  /** Begins to start it. Whether it answers is for others to find out. */
  start(): Promise<void>
  /** It answers: now the client may find it. */
  open(): Promise<void>
  /** At once, with everything in it. Resolves when nobody listens any more. */
  kill(): Promise<void>
  pause(): Promise<void>
  resume(): Promise<void>
  /** Why it is not running, when it ended although nobody had told it to. */
  death(): string | undefined
  /** What it printed for people. */
  log(): string
  /** Nothing of it is left. */
  close(): Promise<void>
}
