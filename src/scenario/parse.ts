// Scenario text to Scenario. Every mistake becomes a place in the file with a caret; up to `limits.scenarioProblems` of them
// are told at once. First the form is checked, then, if it holds, what the parts mean to each other.

import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { complain } from './complaint.ts'
import { readDocument } from './document.ts'
import type { Document } from './document.ts'
import { resolveEvidence } from './evidence-section.ts'
import { resolveArming, resolveExpect } from './expect-section.ts'
import { resolveFaults } from './fault-section.ts'
import { addIssues } from './issue.ts'
import { resolveLoads } from './load-section.ts'
import { resolvePhases, resolveTimeline } from './phase-section.ts'
import { Problems, quote } from './problem.ts'
import { resolveRun } from './run-section.ts'
import type { Scenario } from './scenario.ts'
import { scenarioSchema } from './schema.ts'
import type { ScenarioText } from './schema.ts'
import { resolveStatusPage } from './status-page-section.ts'
import { resolveFleets, resolveWorkspaces } from './world-section.ts'

/** `file` is how the file is called in messages and reports; `variant` is the row that is meant, in a file that has several.
 * Throws a UserError. */
export function parseScenario(text: string, file: string, variant: string | null = null): Scenario {
  if (text.length > limits.scenarioCharacters) {
    throw new UserError(`the file has ${text.length} characters; a scenario has at most ${limits.scenarioCharacters}`, {
      place: { file },
      hint: 'Is this a scenario?',
    })
  }
  const document = readDocument(text)
  if (document.misprints.length > 0) throw complain(text, file, document, document.misprints)
  const data = asMap(document, file)
  const problems = new Problems()
  // A schema is used once per process: compiling it costs more than it saves.
  const form = scenarioSchema.safeParse(data, { jitless: true })
  if (!form.success) addIssues(problems, form.error.issues, scenarioSchema, data, [])
  const scenario = form.success ? resolve(form.data, { file, data, document, problems, variant }) : undefined
  if (scenario === undefined || problems.list.length > 0) {
    throw complain(
      text,
      file,
      document,
      problems.list.map((problem) => ({ ...problem, span: document.spanOf(problem) })),
    )
  }
  return scenario
}

function asMap({ data }: Document, file: string): Readonly<Record<string, unknown>> {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>
  const what = data === null ? 'the file is empty' : `a scenario is a map, but this file holds ${quote(data)}`
  throw new UserError(what, { place: { file }, hint: 'It begins with `scenario: <name>`.' })
}

type Context = {
  readonly file: string
  readonly data: Readonly<Record<string, unknown>>
  readonly document: Document
  readonly problems: Problems
  readonly variant: string | null
}

function resolve(written: ScenarioText, { file, data, document, problems, variant }: Context): Scenario {
  const calendar = resolveRun(written.run, written.source.date, problems)
  const workspaces = resolveWorkspaces(written.world, problems)
  const fleets = resolveFleets(written.world, problems)
  const phases = resolvePhases(written.phases, calendar, problems)
  const loads = resolveLoads(written.load, workspaces, calendar.spanMs, problems)
  const names = { load: loads.map((load) => load.name), phase: phases.map((phase) => phase.name) }
  const lineOf = (oracle: string): number => {
    const span = document.spanOf({ path: ['expect', oracle], on: 'key', what: '' })
    return document.placeOf(span.start).line
  }
  return {
    name: written.scenario,
    title: written.title,
    file,
    source: written.source,
    tags: [],
    variant,
    variants: [],
    startMs: calendar.startMs,
    spanMs: calendar.spanMs,
    instances: written.run.instances ?? 1,
    workspaces,
    fleets,
    loads,
    faults: resolveFaults(written.faults, calendar, { workspaces, fleets: Object.keys(fleets), phases }, problems),
    statusPage: resolveStatusPage(written.statusPage ?? [], calendar, problems),
    maintenances: [],
    activities: [],
    actions: [],
    problems: [],
    fails: [],
    phases,
    timeline: resolveTimeline(written.timeline ?? [], calendar, problems),
    evidence: resolveEvidence(written.evidence, data, problems),
    arming: resolveArming(written.armed),
    expect: resolveExpect(written.expect ?? {}, names, problems).map((one) => ({ ...one, line: lineOf(one.oracle) })),
  }
}
