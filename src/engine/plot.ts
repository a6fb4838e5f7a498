// What happens to the client besides load and faults: it dies, operators act, monitors ask, the platform tells.

import type { ClientDefinition } from '#client/client.ts'
import { scheduleActivity } from './activity.ts'
import { scheduleCacheFaults } from './cache-faults.ts'
import { scheduleHealth } from './health.ts'
import type { Instance } from './instance.ts'
import type { Desk } from './operations.ts'
import { scheduleActions } from './operators.ts'
import { scheduleProcessFaults } from './process-faults.ts'
import { scheduleProcessStates } from './process-states.ts'
import type { Redis } from './redis/redis.ts'
import { Restarts } from './restarts.ts'
import type { Stage, Witnessed } from './stage.ts'

export type Cast = {
  readonly definition: ClientDefinition
  readonly instances: readonly Instance[]
  readonly desk: Desk
  readonly redis: Redis | undefined
  readonly crash: Witnessed['crash']
}

/** Returns whether any of it is under way. */
export function schedulePlot(stage: Stage, { definition, instances, desk, redis, crash }: Cast): () => boolean {
  const { job, clock, recorder, scenario, world, plan, opened, random } = stage
  const { spanMs } = scenario
  const restarts = new Restarts({
    clock,
    recorder,
    opened,
    desk,
    definition,
    intents: [...world.intents.values()],
    spanMs,
    onCrash: (error) => crash(error, null),
  })
  scheduleProcessFaults({ clock, recorder, plan, spanMs, instances, restarts })
  scheduleProcessStates({ clock, recorder, plan, spanMs, instances })
  const changes = redis ? scheduleCacheFaults({ clock, recorder, plan, spanMs, redis }) : () => false
  if (job.faults) scheduleActions({ clock, recorder, scenario, world, instances, restarts })
  if (scenario.problems.length > 0) scheduleHealth({ clock, recorder, spanMs, instances, everyMs: stage.healthEveryMs })
  const busy = (): boolean => restarts.busy() || changes()
  if (scenario.activities.length === 0) return busy
  const own = random.fork('activity')
  const post = scheduleActivity({ clock, recorder, random: own, plan, scenario, world, opened, instances })
  stage.company.post = post
  return () => busy() || post.busy()
}
