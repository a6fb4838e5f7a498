// Judges a recorded history once more: by today's oracles, another profile or other thresholds, running nothing. What the
// scenario expects, what the client promised and how the fault-free twin went is kept, as the header has it.

import { UserError } from '#context/user-error.ts'
import type { Header, Profile, Threshold } from '#history/header.ts'
import { withHeader } from '#history/changed.ts'
import type { History } from '#history/history.ts'
import { oracles } from '#oracle/catalog.ts'
import { resolveThresholds, type Override } from '#oracle/panel.ts'
import type { RealScale } from '#oracle/real-time.ts'
import { sceneOf } from '#scene/scene.ts'
import { incidentOf } from './incident/incident.ts'
import { judgeNominal, judgeRun } from './judge.ts'
import { wallMs } from './real-time.ts'
import type { Judged, RunResult } from './run-result.ts'

export type Rejudging = {
  /** Default: the one it was recorded with. */
  readonly profile?: Profile
  readonly overrides: readonly Override[]
  /** Keeps what the documents of an incident tell. Default: no. */
  readonly incident?: boolean
  /** Keeps what a page draws. Default: no. */
  readonly scene?: boolean
}

/** `file` is how the history is called in messages, `text` its bytes. Throws a UserError for what cannot be judged. */
export function rejudge(recorded: History, text: string, file: string, rejudging: Rejudging): RunResult {
  const startedAt = wallMs()
  const { header } = recorded
  checkExpectations(header, file)
  if (header.baseline === null && header.firstFaultAt !== null)
    throw new UserError('the history has no baseline', {
      place: { file, line: 1 },
      hint: 'A run puts the figures of its fault-free twin into the header when both have ended. Run the scenario again.',
    })
  const profile = rejudging.profile ?? header.profile
  const thresholds = resolveThresholds(profile, header.expect, rejudging.overrides, realScaleOf(header))
  const history = withHeader(recorded, { ...header, profile, thresholds })
  const judged = header.baseline === null ? judgeTwin(history, text) : judgeIncident(history, text)
  const took = wallMs() - startedAt
  return {
    scenario: header.scenario,
    client: header.client,
    seed: header.seed,
    environment: { wallMs: took, replayMs: took, node: process.version, historyPath: file },
    ...judged,
    ...(rejudging.incident && !judged.withoutFaults && { incident: incidentOf(history) }),
    ...(rejudging.scene && { scene: sceneOf(history, null, judged.verdicts) }),
    rejudged: { changedThresholds: changedBetween(header.thresholds, thresholds) },
  }
}

/** A history that does not say how far was divided is not divided again. */
function realScaleOf({ transport, scale, floorMs = Number.POSITIVE_INFINITY }: Header): RealScale | undefined {
  return transport === 'loopback' ? { scale, floorMs } : undefined
}

/** The table of the twin is not in the history. */
function judgeIncident(history: History, text: string): Judged {
  const { nominal: _, ...judged } = judgeRun({ history, text }, history.header.notOffered ?? [], [])
  return judged
}

/** What is left of a run whose twin was not healthy: the history of the twin. */
function judgeTwin(history: History, text: string): Judged {
  const unhealthy = judgeNominal({ history, text }, [])
  if (unhealthy) return unhealthy
  const because =
    'This is the history of a run without faults, and by these thresholds it is healthy. There is no incident in it.'
  return { ...judgeIncident(history, text), outcome: 'inconclusive', because, withoutFaults: true }
}

/** An oracle or a setting may have been renamed since. */
function checkExpectations({ expect }: Header, file: string): void {
  for (const { oracle: name, settings } of expect) {
    const oracle = oracles.get(name)
    const unknown = oracle && Object.keys(settings).find((setting) => !isSetting(oracle, setting))
    if (oracle && unknown === undefined) continue
    const what = oracle ? `the setting \`${unknown}\` of ${name}` : `the oracle ${name}`
    throw new UserError(`the scenario of this history expects ${what}, which this version does not know`, {
      place: { file, line: 1 },
      hint: 'Judge it with the version that wrote it, or run the scenario again.',
    })
  }
}

type Known = { readonly params: object; readonly selectors: object }

function isSetting({ params, selectors }: Known, setting: string): boolean {
  return Object.hasOwn(params, setting) || Object.hasOwn(selectors, setting)
}

/** Of thresholds that both know. */
function changedBetween(recorded: readonly Threshold[], today: readonly Threshold[]): number {
  const keyOf = ({ oracle, name, expectation = 0 }: Threshold): string => `${oracle} ${name} ${expectation}`
  const values = new Map(recorded.map((threshold) => [keyOf(threshold), threshold.value]))
  return today.filter((threshold) => {
    const before = values.get(keyOf(threshold))
    return before !== undefined && before !== threshold.value
  }).length
}
