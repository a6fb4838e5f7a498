// A run as a page can show it: its figures over time, what was on when, and the stories of its witnesses. Plain data whose size
// has a bound, whatever the length of the history; what was left out is counted.

import type { History } from '#history/history.ts'
import type { Verdict } from '#oracle/verdict.ts'
import { backlog } from '#oracle/backlog.ts'
import { bandsOf, momentsOf, type Band, type Bounded, type Moment } from './bands.ts'
import { changesOf, type Column } from './column.ts'
import { peaksOf } from './crowd.ts'
import type { Grid } from './grid.ts'
import { meetingsOf, propertiesOf, type Meeting, type PropertySeen } from './coverage.ts'
import { seriesOf, type Series } from './series.ts'
import { silencesOf, type Silences } from './silences.ts'
import { storyOf, type Story } from './story.ts'

export type Scene = {
  readonly series: Series
  /** Of the fault-free twin; `null` where it is not at hand. */
  readonly twin: Series | null
  readonly bands: Bounded<Band>
  readonly moments: Bounded<Moment>
  readonly silences: Silences
  /** Operations that were accepted as queued and not yet done: peaks of each step of the series, told as changes. */
  readonly backlog: Column
  /** By the place of the verdict in its list; `null` for whatever did not fail. */
  readonly stories: readonly (Story | null)[]
  readonly meetings: Bounded<Meeting>
  readonly properties: Bounded<PropertySeen>
  readonly events: number
  /** Names of the operations that were asked, as many as can be told apart. */
  readonly names: readonly string[]
}

export function sceneOf(history: History, twin: Series | null, verdicts: readonly Verdict[]): Scene {
  const series = seriesOf(history)
  return {
    series,
    twin,
    bands: bandsOf(history),
    moments: momentsOf(history),
    silences: silencesOf(history, series.grid),
    backlog: backlogOf(history, series.grid),
    stories: verdicts.map((verdict) => (verdict.verdict === 'fail' ? storyOf(history, verdict.witness) : null)),
    meetings: meetingsOf(history),
    properties: propertiesOf(history),
    events: history.length,
    names: namesOf(history),
  }
}

const mostNames = 50

function namesOf(history: History): readonly string[] {
  const names = new Set<string>()
  for (const { name } of history.each('operation.invoked')) names.add(name)
  return [...names].slice(0, mostNames)
}

function queuedSomething(history: History): boolean {
  for (const { result } of history.each('operation.ok')) if (result === 'queued') return true
  return false
}

/** Where nothing was queued nobody need look for what became of it. */
function backlogOf(history: History, grid: Grid): Column {
  const waiting = queuedSomething(history) ? backlog(history) : []
  return changesOf(peaksOf(grid, waiting))
}
