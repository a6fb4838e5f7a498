// A run with a drawing, for the tests of report.html: told by hand, judged by the real oracles, with any text in every field that
// a scenario, a client or a service may fill.

import type { Judged, RunResult } from '#engine/run-result.ts'
import { phaseStats } from '#engine/stats.ts'
import type { History } from '#history/history.ts'
import { judge } from '#oracle/panel.ts'
import { sceneOf } from '#scene/scene.ts'
import { seriesOf } from '#scene/series.ts'
import type { ReportOptions } from '#report/reporter.ts'
import { createStory, type Story } from './history-builder.ts'
import { promises } from './judging.ts'
import { judgedWith } from './golden/report/results.ts'

export const pageOptions: ReportOptions = {
  reproduce: ({ scenario, client, seed }) => `npm run chaos -- ${scenario} --client ${client} --seed ${seed}`,
  history: () => 'reports/history.ndjson',
  record: (oracle) => ({ planted: 4, caught: 4, soundRuns: oracle.length, falseAlarms: 0 }),
  color: false,
  unicode: true,
  columns: 106,
  detail: 'normal',
}

const plain = 'plain'

/** Half an hour of reads every five seconds; for ten minutes of them nothing answers, a refusal asks for silence, and the
 * process is killed once. */
function tell(story: Story, text: string, faulty: boolean): void {
  if (faulty) {
    story.event(0, { kind: 'property.declared', property: `a copy ${text}`, type: 'sometimes', by: 'client' })
    story.event('10m', { kind: 'fault.started', fault: `loop ${text}` })
    story.event('12m', { kind: 'status.changed', component: `REST ${text}`, status: 'major', incident: text })
    story.event('20m', { kind: 'fault.lifted', fault: `loop ${text}` })
    story.event('21m', { kind: 'status.changed', component: `REST ${text}`, status: 'operational', incident: text })
    story.event('15m', { kind: 'client.restarted', instance: 0, orderly: false })
    story.event('16m', { kind: 'client.rejected', operation: null, error: { name: text, message: text } })
  }
  for (let at = 0; at < 1_800_000; at += 5_000) ask(story, at, text, faulty && at >= 600_000 && at < 1_200_000)
}

function ask(story: Story, at: number, text: string, isBad: boolean): void {
  const entity = 'contact:1'
  if (!isBad) return void story.read({ at, took: 100 + (at % 7_000) / 100 })
  const operation = story.ask('contact.read', { at, entity, load: `reads ${text}`, workspace: `ours ${text}` })
  const from = `src/${text}.ts:42`
  const route = `/contacts/${text}`
  if (at % 15_000 === 0) {
    story.attempt(operation, {
      at,
      ends: 429,
      retryAfter: '8',
      took: 100,
      hit: 'respond',
      route,
      from,
      requestId: text,
    })
    story.attempt(operation, { at: at + 2_000, ends: 503, retryAfter: text, took: 200, hit: 'respond', host: text })
  }
  if (at % 15_000 === 5_000) story.ok(operation, { at: at + 10, result: 'stale', ageMs: 60_000 })
  else {
    story.attempt(operation, { at: at + 2_500, ends: 'abort', took: 15_000, hit: 'hang', from })
    story.error(operation, { at: at + 17_600, error: { name: `Error ${text}`, message: text } })
  }
}

function toldHistory(text = plain, faulty = true): History {
  const phases = [
    { name: 'baseline', at: 0 },
    { name: `onset ${text}`, at: 600_000 },
    { name: 'recovery', at: 1_200_000 },
  ]
  const story = createStory({
    scenario: `told ${text}`,
    title: `A story ${text}`,
    client: `subject ${text}`,
    promises,
    phases,
    spanMs: 1_800_000,
    ...(faulty ? { firstFaultAt: 600_000, lastLiftAt: 1_200_000 } : { firstFaultAt: null, lastLiftAt: null }),
  })
  tell(story, text, faulty)
  return story.history()
}

export function toldRun(text = plain): RunResult {
  const history = toldHistory(text)
  const twin = toldHistory(text, false)
  const verdicts = judge(history)
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail').map(({ oracle }) => oracle)
  const changes: Partial<Judged> = {
    header: history.header,
    outcome: 'fail',
    because: `${failed.length} oracles failed ${text}`,
    verdicts,
    phases: phaseStats(history),
    nominal: phaseStats(twin),
    notOffered: [`action ${text}`],
    untouched: [`tail ${text}`],
    ablations: [{ fault: `loop ${text}`, stillFail: failed.slice(1) }],
    scene: sceneOf(history, seriesOf(twin), verdicts),
  }
  return { ...judgedWith(changes), scenario: `told ${text}`, client: `subject ${text}`, seed: `1 ${text}` } as RunResult
}
