// What happens in the workspaces without the client, drawn once before the run as loads are, and the notifications that tell
// the client of it: disturbed by the faults and handed to the post.

import assert from 'node:assert/strict'
import type { Clock } from '#clock/clock.ts'
import type { FaultPlan } from '#fault/plan.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Prng } from '#random/prng.ts'
import type { Activity, Scenario } from '#scenario/scenario.ts'
import { createComposer, type Composer, type Notification } from '#server/webhooks/compose.ts'
import type { Opened } from '#transport/transport.ts'
import { sumOf, type Delivery } from './disturbance.ts'
import type { Instance } from './instance.ts'
import { Post } from './post.ts'
import { scheduleSeries } from './script.ts'
import { arrivals } from './workload.ts'
import type { SimulatedWorld } from './world.ts'

type Parts = {
  readonly clock: Clock
  readonly recorder: Recorder
  readonly random: Prng
  readonly plan: FaultPlan
  readonly scenario: Scenario
  readonly world: SimulatedWorld
  readonly opened: Opened
  readonly instances: readonly Instance[]
}

type Happens = { readonly at: number; readonly activity: Activity; readonly nth: number }

/** Schedules all activity of the scenario. The post is where its notifications go. */
export function scheduleActivity(parts: Parts): Post {
  const { clock, recorder, random, scenario, world, instances } = parts
  const { startMs, spanMs } = scenario
  const composer = createComposer({ startMs, secret: world.webhookSecret })
  const post = new Post({ clock, recorder, random, spanMs, composer, instances })
  const listens = instances.some(({ alive }) => alive?.client.webhook !== undefined)
  const counts = new Map<string, number>()
  scheduleSeries(clock, drawActivities(scenario.activities, spanMs, random), (happens) => {
    const { activity, nth, at } = happens
    const { effects, notification: notice } = world.act(activity, at, random.fork('activity', activity.name, nth))
    parts.opened.commit(effects)
    const count = (counts.get(activity.workspace) ?? 0) + 1
    counts.set(activity.workspace, count)
    if (!listens) return
    const notification = composer.notify(notice, at, random.fork('notification', activity.name, nth))
    tell(parts, post, composer, happens, notification, count)
  })
  return post
}

function drawActivities(activities: readonly Activity[], spanMs: number, random: Prng): Happens[] {
  return activities
    .flatMap((activity) =>
      arrivals(activity, spanMs, random.fork('arrivals', activity.name)).map((at, index) => ({
        at,
        activity,
        nth: index + 1,
      })),
    )
    .toSorted((one, other) => one.at - other.at)
}

/** `count` numbers the notifications of the workspace: each process gets its share. */
function tell(
  { recorder, random, plan, scenario, instances }: Parts,
  post: Post,
  composer: Composer,
  { at, activity: { name, topic, workspace }, nth }: Happens,
  notification: Notification,
  count: number,
): void {
  const place = scenario.workspaces.find((known) => known.name === workspace)
  const instance = instances[count % instances.length]
  assert(place && instance, 'An activity happens in a workspace of the scenario.')
  const { region, shard } = place
  const view = { notification: notification.id, topic, workspace, region, shard, nth: count }
  const disturbed = plan.disturb(view, at, random)
  for (const { fault, disturbance } of disturbed)
    recorder.record({ kind: 'fault.hit', exchange: null, fault, decision: disturbance.kind, effect: 'none' })
  const { sendAt, forgeries }: Delivery = sumOf(disturbed, at)
  for (const [index, due] of sendAt.entries())
    post.send({ notification, workspace, instance, name: [name, nth, index] }, due)
  for (const [index, { signature, at: due }] of forgeries.entries()) {
    const stream = random.fork('forgery', name, nth, index)
    const message = composer.forged(notification, { attempt: 1, firstSentAt: due }, signature, stream)
    const { id } = JSON.parse(message.body) as { id: string }
    post.forge({ notification, workspace, instance, name: [name, nth, 'forged', index] }, { id, message }, due)
  }
}
