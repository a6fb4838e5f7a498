// `serve`: the simulated services of a scenario on this machine, in real time, until Ctrl-C or the end of the incident. It
// prints where they are, what to try, and then a line for whatever happens.

import { parseInstant } from '#clock/instant.ts'
import { oneLine } from '#context/foreign-text.ts'
import { UserError } from '#context/user-error.ts'
import { serve, type Serving } from '#engine/serve.ts'
import { loadFile } from '#scenario/load.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { watchInterrupts } from './interrupt.ts'
import { checkSeed, locate } from './select.ts'
import { createEventLog } from './serve-log.ts'
import { print } from './terminal.ts'

export type ServeFlags = {
  readonly from?: string
  readonly port: string
  readonly seed: string
  readonly quiet: boolean
  readonly verbose: boolean
}

/** Enough to see that all is well before the first fault. */
const leadMs = 60_000

export async function serveCommand(word: string, flags: ServeFlags): Promise<ExitCode> {
  checkSeed(flags.seed)
  const cwd = process.cwd()
  const [chosen, another] = locate(word, cwd)
  if (!chosen || another) throw new UserError(`"${word}" is more than one scenario; only one can be served.`)
  const scenario = loadFile(chosen.file, cwd, chosen.variant)
  const interrupts = watchInterrupts()
  const fromMs = whereToBegin(scenario, flags.from)
  const log = createEventLog(scenario, flags.verbose, (line) => flags.quiet || print(line))
  const serving = await serve({ scenario, seed: flags.seed, fromMs, port: portOf(flags.port), onEvent: log })
  print(welcome(scenario, serving, fromMs))
  const stopped = new Promise<'stopped'>((resolve) =>
    interrupts.signal.addEventListener('abort', () => resolve('stopped'), { once: true }),
  )
  const how = await Promise.race([serving.ended.then(() => 'ended' as const), stopped])
  await serving.close()
  interrupts.stop()
  if (how === 'ended') print('The incident is over; nothing is served any more.')
  return exitCodes.pass
}

/** A phase, or a time of the scenario; without one, a minute before the first fault. */
function whereToBegin({ phases, faults, startMs, spanMs, source }: Scenario, from: string | undefined): number {
  if (from === undefined) return Math.max(0, Math.min(...faults.map((fault) => fault.from), spanMs) - leadMs)
  const phase = phases.find(({ name }) => name === from)
  if (phase) return phase.at
  const at = (parseInstant(from) ?? parseInstant(`${source.date} ${from}`) ?? Number.NaN) - startMs
  if (at >= 0 && at < spanMs) return at
  const names = phases.map(({ name }) => name).join(', ')
  throw new UserError(`--from ${from} is neither a phase nor a time of this scenario.`, {
    hint: `Phases: ${names}. Times are written as in the file, such as 11:14Z.`,
  })
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/u.test(text) && port <= 65_000) return port
  throw new UserError(`--port ${text} is not a port from 0 to 65000.`)
}

function welcome(scenario: Scenario, { places, tokens, graphToken }: Serving, fromMs: number): string {
  const width = Math.max(...places.map(({ host }) => host.length))
  const [workspace = '', token = ''] = Object.entries(tokens)[0] ?? []
  const urlOf = (wanted: string): string => places.find(({ host }) => host === wanted)?.url ?? ''
  const phase = scenario.phases.findLast(({ at }) => at <= fromMs)?.name ?? 'baseline'
  return [
    `${scenario.name}: ${oneLine(scenario.title)}`,
    `Served in real time from phase ${phase} on, on this machine only. Ctrl-C ends it.`,
    '',
    ...places.map(({ host, url }) => `  ${host.padEnd(width)}  ${url}`),
    '',
    ...Object.entries(tokens).map(([name, each]) => `  token of workspace ${name}: ${each}`),
    `  token of the Graph API: ${graphToken}`,
    '',
    'The triage of a runbook, against it:',
    `  export INTERCOM_ACCESS_TOKEN=${token}   # workspace ${workspace}`,
    `  curl -s -m 10 -o /dev/null -w "%{http_code}\\n" -H "Authorization: Bearer $INTERCOM_ACCESS_TOKEN" ${urlOf('api.intercom.io')}/me`,
    `  curl -s ${urlOf('status.intercom.com')}/api/v2/status.json`,
    `  curl -s ${urlOf('status.intercom.com')}/api/v2/incidents/unresolved.json`,
    `  curl -s -m 10 -D - -o /dev/null -H "Authorization: Bearer $INTERCOM_ACCESS_TOKEN" ${urlOf('api.intercom.io')}/me | grep -i x-ratelimit`,
    '',
  ].join('\n')
}
