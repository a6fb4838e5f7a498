// The header of a history: everything that judging it will need.

import { resolveDeclared } from '#client/declared.ts'
import { resolvePromises } from '#client/promises.ts'
import type { ClientDefinition } from '#client/client.ts'
import type { Header } from '#history/header.ts'
import { resolveThresholds } from '#oracle/panel.ts'
import type { RealScale } from '#oracle/real-time.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { Intent } from '#server/intent.ts'
import type { Job } from './job.ts'

export function headerOf(
  job: Job,
  scenario: Scenario,
  definition: ClientDefinition,
  intents: readonly Intent[],
  real: RealScale | undefined,
): Header {
  const faults = job.faults ? scenario.faults : []
  const expect = scenario.expect.map(({ oracle, settings }) => ({ oracle, settings }))
  return {
    format: 1,
    scenario: scenario.name,
    title: scenario.title,
    client: job.client.name,
    seed: job.seed,
    profile: job.profile,
    transport: real ? 'loopback' : 'virtual',
    scale: real?.scale ?? 1,
    ...(real && { floorMs: real.floorMs }),
    ...(job.loopback?.authority && { https: true as const }),
    startMs: scenario.startMs,
    spanMs: scenario.spanMs,
    phases: scenario.phases,
    firstFaultAt: faults.length === 0 ? null : Math.min(...faults.map((fault) => fault.from)),
    lastLiftAt: faults.length === 0 ? null : Math.max(...faults.map((fault) => fault.until)),
    intents: intents.map(({ name, effect }) => ({ name, effect })),
    promises: resolvePromises(definition),
    declares: resolveDeclared(definition),
    expect,
    arming: scenario.arming,
    severity: scenario.source.severity,
    problems: job.faults ? scenario.problems : [],
    properties: job.faults ? scenario.properties : [],
    thresholds: resolveThresholds(job.profile, expect, [], real),
    baseline: null,
  }
}
