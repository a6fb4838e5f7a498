// Scenario text to Scenario. Every mistake becomes a place in the file with a caret; up to `limits.scenarioProblems` of them
// are told at once. First the form is checked, then, if it holds, what the parts mean to each other.

import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { resolveActions } from './action-section.ts'
import { resolveActivities } from './activity-section.ts'
import { complain } from './complaint.ts'
import { documentOf, readDocument } from './document.ts'
import type { Document } from './document.ts'
import { resolveEvidence } from './evidence-section.ts'
import { resolveArming, resolveExpect } from './expect-section.ts'
import { resolveFaults } from './fault-section.ts'
import { resolveFound } from './found-section.ts'
import { addIssues } from './issue.ts'
import { resolveFails, resolveTags } from './library-section.ts'
import { resolveLoads } from './load-section.ts'
import { resolveMaintenances } from './maintenance-section.ts'
import { resolvePhases, resolveTimeline } from './phase-section.ts'
import { resolveProblemMarks } from './problem-section.ts'
import { Problems, quote } from './problem.ts'
import type { Path } from './problem.ts'
import { resolveProperties } from './property-section.ts'
import { resolveRun } from './run-section.ts'
import type { Scenario } from './scenario.ts'
import { scenarioSchema } from './schema.ts'
import type { ScenarioText } from './schema.ts'
import { resolveStatusPage } from './status-page-section.ts'
import { pickRow, resolveFaultsOfRows, resolveRows, rowOf } from './variant-section.ts'
import type { Row } from './variant-section.ts'
import { checkWorkspaceFiles } from './workspace-file.ts'
import { resolveFleets, resolveWorkspaces } from './world-section.ts'
import { writeScenario, type ScenarioData } from './write.ts'
import { checkTenants, resolveServices, simulatedWith, type ReadService } from './world-services.ts'

/** `file` is how the file is called in messages and reports, and `near` where it lies, which only matters when its workspaces
 * hold something. `variant` is the row that is meant, in a file that has several; `null` means the whole file, with all its
 * faults. `read` reads the services that it names. Throws a UserError, whichever row is wrong. */
export function parseScenario(
  text: string,
  file: string,
  variant: string | null = null,
  near: string = file,
  read?: ReadService,
): Scenario {
  if (text.length > limits.scenarioCharacters) {
    throw new UserError(`the file has ${text.length} characters; a scenario has at most ${limits.scenarioCharacters}`, {
      place: { file },
      hint: 'Is this a scenario?',
    })
  }
  const document = readDocument(text)
  if (document.misprints.length > 0) throw complain(text, file, document, document.misprints)
  const { resolved, problems } = understand(document, { file, near, read })
  if (resolved === undefined || problems.list.length > 0) {
    throw complain(
      text,
      file,
      document,
      problems.list.map((problem) => ({ ...problem, span: document.spanOf(problem) })),
    )
  }
  const { scenario, rows } = resolved
  checkWorkspaceFiles(scenario)
  return variant === null ? scenario : rowOf(scenario, pickRow(rows, variant, scenario.name, file))
}

/** The same of the data of a scenario that nobody has written down, which spares writing and reading it. Throws the UserError that its
 * text would. `read` as above. */
export function parseData(data: ScenarioData, file: string, read?: ReadService): Scenario {
  const { resolved, problems } = understand(documentOf('', data, []), { file, near: file, read })
  if (resolved === undefined || problems.list.length > 0)
    return parseScenario(writeScenario(data, ''), file, null, file, read)
  checkWorkspaceFiles(resolved.scenario)
  return resolved.scenario
}

type Around = { readonly file: string; readonly near: string; readonly read: ReadService | undefined }

function understand(document: Document, around: Around): { resolved: Resolved | undefined; problems: Problems } {
  const data = asMap(document, around.file)
  const problems = new Problems()
  // A schema is used once per process: compiling it costs more than it saves.
  const form = scenarioSchema.safeParse(data, { jitless: true })
  if (!form.success) addIssues(problems, form.error.issues, scenarioSchema, data, [])
  const resolved = form.success ? resolve(form.data, { ...around, data, document, problems }) : undefined
  return { resolved, problems }
}

function asMap({ data }: Document, file: string): Readonly<Record<string, unknown>> {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Record<string, unknown>
  const what = data === null ? 'the file is empty' : `a scenario is a map, but this file holds ${quote(data)}`
  throw new UserError(what, { place: { file }, hint: 'It begins with `scenario: <name>`.' })
}

type Context = Around & {
  readonly data: Readonly<Record<string, unknown>>
  readonly document: Document
  readonly problems: Problems
}

type Resolved = { readonly scenario: Scenario; readonly rows: readonly Row[] }

function resolve(written: ScenarioText, { file, near, read, data, document, problems }: Context): Resolved | undefined {
  const calendar = resolveRun(written.run, written.source.date, problems)
  const services = resolveServices(written.world.services, read, problems)
  // Without one of them, all that is said of it would be wrong.
  if (services.length < Object.keys(written.world.services ?? {}).length) return undefined
  const simulated = simulatedWith(services)
  const workspaces = resolveWorkspaces(written.world, near, simulated, problems)
  checkTenants(services, workspaces, problems)
  const fleets = resolveFleets(written.world, simulated, problems)
  const phases = resolvePhases(written.phases, calendar, problems)
  const loads = resolveLoads(written.load, workspaces, simulated, calendar, problems)
  const names = { load: loads.map((load) => load.name), phase: phases.map((phase) => phase.name) }
  const rows = resolveRows(written.variants ?? {}, Object.keys(written.faults), problems)
  const around = { workspaces, simulated, fleets: Object.keys(fleets), phases }
  const lineOf = (path: Path): number => {
    const on = typeof path.at(-1) === 'number' ? 'value' : 'key'
    return document.placeOf(document.spanOf({ path, on, what: '' }).start).line
  }
  const expected = resolveExpect(written.expect ?? {}, names, problems)
  const scenario: Scenario = {
    name: written.scenario,
    title: written.title,
    file,
    source: written.source,
    found: resolveFound(written.found, problems),
    tags: resolveTags(written.tags ?? [], problems),
    variant: null,
    variants: rows.map(({ name, title }) => ({ name, title })),
    startMs: calendar.startMs,
    spanMs: calendar.spanMs,
    instances: written.run.instances ?? 1,
    shuffled: written.run.ties === 'shuffled',
    workspaces,
    ...(services.length > 0 && { services }),
    fleets,
    loads,
    faults: resolveFaultsOfRows(
      written.faults,
      rows,
      (faults, found) => resolveFaults(faults, calendar, around, found),
      problems,
    ),
    statusPage: resolveStatusPage(written.statusPage ?? [], calendar, problems),
    maintenances: resolveMaintenances(written.maintenances ?? {}, calendar, problems),
    activities: resolveActivities(written.activity ?? {}, workspaces, calendar, problems),
    actions: resolveActions(written.actions ?? [], workspaces, calendar, problems),
    problems: resolveProblemMarks(written.problems ?? {}, written.source.severity, calendar, problems),
    fails: resolveFails(written.fails ?? {}, problems),
    phases,
    timeline: resolveTimeline(written.timeline ?? [], calendar, problems),
    evidence: resolveEvidence(written.evidence, data, problems),
    arming: resolveArming(written.armed),
    properties: resolveProperties(written.properties ?? {}, names, problems),
    expect: expected.map(({ path, ...one }) => ({ ...one, line: lineOf(path) })),
  }
  return { scenario, rows }
}
