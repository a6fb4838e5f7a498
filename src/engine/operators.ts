// What operators do during an incident: restart the client, rotate its token, pull a lever that the client itself offers.
// They do it because of the incident: the fault-free twin is left alone.

import { limits } from '#context/limits.ts'
import { harnessActions, type Client } from '#client/client.ts'
import type { Clock } from '#clock/clock.ts'
import type { Recorder } from '#history/recorder.ts'
import type { Action, Scenario } from '#scenario/scenario.ts'
import type { Instance } from './instance.ts'
import type { Restarts } from './restarts.ts'
import { scheduleSeries } from './script.ts'
import { within } from './within.ts'
import type { SimulatedWorld } from './world.ts'

type Parts = {
  readonly clock: Clock
  readonly recorder: Recorder
  readonly scenario: Scenario
  readonly world: SimulatedWorld
  readonly instances: readonly Instance[]
  readonly restarts: Restarts
}

export function scheduleActions(parts: Parts): void {
  const inOrder = parts.scenario.actions.toSorted((one, other) => one.at - other.at)
  scheduleSeries(parts.clock, inOrder, (action) => take(parts, action))
}

function take(parts: Parts, action: Action): void {
  const { recorder, scenario, world, instances, restarts } = parts
  const workspaces = action.workspace === undefined ? scenario.workspaces.map(({ name }) => name) : [action.workspace]
  if (action.do === 'restart') {
    for (const instance of instances) restarts.restart(instance)
    return
  }
  for (const workspace of workspaces) {
    if (action.do === 'rotate-token') {
      world.rotateToken(workspace)
      recorder.record({ kind: 'token.rotated', workspace })
    } else for (const instance of instances) askFor(parts, action, workspace, instance)
  }
}

function askFor({ clock, recorder }: Parts, action: Action, workspace: string, instance: Instance): void {
  const { index, alive } = instance
  const record = (done: boolean): void =>
    recorder.record({ kind: 'action.taken', action: action.do, instance: index, workspace, done })
  const owner = instance.background('action', action.do, action.at, workspace)
  if (!alive || !owner) return record(false)
  const todo = ownAction(alive.client, action.do)
  if (!todo) return
  void within(clock, limits.closeMs, { ...owner, workspace }, () => todo({ workspace })).then(({ kind }) => {
    record(kind === 'returned' && !alive.life.over)
  })
}

function ownAction({ actions }: Client, name: string) {
  return actions && Object.hasOwn(actions, name) ? actions[name] : undefined
}

/** Actions of the scenario that this client does not have: they are skipped, and told. */
export function missingActions(scenario: Scenario, client: Client): readonly string[] {
  const wanted = new Set(scenario.actions.map((action) => action.do))
  return [...wanted].filter((name) => !harnessActions.includes(name) && !ownAction(client, name))
}
