// What a run has once everything is in place for it, and before any code of the client runs.

import type { RunClock } from '#clock/run-clock.ts'
import type { FaultPlan } from '#fault/plan.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Prng } from '#random/prng.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { Opened } from '#transport/transport.ts'
import type { Pass } from './clients.ts'
import type { Instance } from './instance.ts'
import type { Job } from './job.ts'
import type { Desk } from './operations.ts'
import type { Post } from './post.ts'
import type { Properties } from './properties.ts'
import type { SimulatedWorld } from './world.ts'

/** What the process tells the run: the client did something that ends, or stains, a Node process. */
export type Witnessed = {
  crash(error: unknown, operation: number | null): void
  reject(error: unknown, operation: number | null): void
  now(): number
  /** How far the run has come, in the scenario's own milliseconds. */
  progress(): number
  /** Absent in virtual time. */
  readonly scale: number | undefined
}

/** Who asks and is asked, and who delivers, once there is anybody. */
export type Company = { desk?: Desk; post?: Post; instances: readonly Instance[] }

export type Stage = {
  readonly job: Job
  readonly scenario: Scenario
  readonly clock: RunClock
  readonly recorder: Recorder
  readonly random: Prng
  readonly world: SimulatedWorld
  readonly plan: FaultPlan
  readonly opened: Opened
  readonly properties: Properties
  /** Lets virtual time pass until the condition holds, the horizon is reached, or the client crashed. */
  readonly pass: Pass
  readonly isCrashed: () => boolean
  readonly healthEveryMs: number
  readonly company: Company
}
