// `serve`: the simulated services of a scenario on this machine, in real time, until Ctrl-C or the end of the incident. It
// prints where they are, what to try, and then a line for whatever happens.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { trusting } from '#client/driver/trusting.ts'
import { oneLine } from '#context/foreign-text.ts'
import { UserError } from '#context/user-error.ts'
import { whereToBegin } from '#engine/game-day.ts'
import { serve, type Serving } from '#engine/serve.ts'
import { loadFile } from '#scenario/load.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { intentNames } from '#scenario/services.ts'
import type { Authority } from '#transport/authority.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import { watchInterrupts } from './interrupt.ts'
import { checkSeed, locate } from './select.ts'
import { createEventLog } from './serve-log.ts'
import { print } from './terminal.ts'

export type ServeFlags = {
  readonly from?: string
  readonly port: string
  readonly seed: string
  readonly https: boolean
  readonly quiet: boolean
  readonly verbose: boolean
}

export async function serveCommand(word: string, flags: ServeFlags): Promise<ExitCode> {
  checkSeed(flags.seed)
  const cwd = process.cwd()
  const [chosen, another] = locate(word, cwd)
  if (!chosen || another) throw new UserError(`"${word}" is more than one scenario; only one can be served.`)
  const scenario = loadFile(chosen.file, cwd, chosen.variant)
  const interrupts = watchInterrupts()
  const fromMs = whereToBegin(scenario, flags.from, '--from')
  const log = createEventLog(scenario, flags.verbose, (line) => flags.quiet || print(line))
  const port = portOf(flags.port)
  const authority = isSecure(scenario, flags) ? await ownAuthority() : undefined
  const kept = authority && keepCertificate(authority.ca)
  try {
    const options = { scenario, seed: flags.seed, fromMs, port, onEvent: log, ...(authority && { authority }) }
    const serving = await serve(options)
    print(welcome(scenario, serving, fromMs, kept?.path))
    const how = await Promise.race([serving.ended.then(() => 'ended' as const), interruption(interrupts.signal)])
    await serving.close()
    if (how === 'ended') print('The incident is over; nothing is served any more.')
  } finally {
    kept?.remove()
    interrupts.stop()
  }
  return exitCodes.pass
}

function interruption(signal: AbortSignal): Promise<'stopped'> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped'), { once: true }))
}

/** The library it takes is loaded only then. */
async function ownAuthority(): Promise<Authority> {
  return (await import('#transport/authority.ts')).createAuthority()
}

/** A handshake that fails takes one. */
function isSecure({ faults }: Scenario, { https }: ServeFlags): boolean {
  return https || faults.some(({ kind }) => kind.handshake)
}

/** For clients that are to trust it; the keys stay in memory. */
function keepCertificate(pem: string): { readonly path: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'brownout-serve-'))
  const path = join(directory, 'authority.pem')
  writeFileSync(path, pem)
  return { path, remove: () => rmSync(directory, { recursive: true, force: true }) }
}

function portOf(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/u.test(text) && port <= 65_000) return port
  throw new UserError(`--port ${text} is not a port from 0 to 65000.`)
}

function welcome(
  scenario: Scenario,
  { places, tokens, graphToken, apiTokens }: Serving,
  fromMs: number,
  certificate?: string,
): string {
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
    ...Object.entries(apiTokens).flatMap(([api, own]) =>
      Object.entries(own).map(([name, each]) => `  token of ${api} for workspace ${name}: ${each}`),
    ),
    '',
    ...(certificate === undefined
      ? []
      : [
          'Over HTTPS: clients trust it that are started with',
          ...Object.entries(trusting(certificate)).map(([name, path]) => `  export ${name}=${path}`),
          '',
        ]),
    ...(token === '' || !asksIntercom(scenario) ? [] : triage(token, workspace, urlOf)),
  ].join('\n')
}

/** An API of one's own may be in a region that Intercom has as well. */
function asksIntercom({ services = [], loads }: Scenario): boolean {
  return services.length === 0 || loads.some((load) => intentNames.includes(load.do))
}

/** Of Intercom, where a workspace is there. */
function triage(token: string, workspace: string, urlOf: (host: string) => string): string[] {
  return [
    'The triage of a runbook, against it:',
    `  export INTERCOM_ACCESS_TOKEN=${token}   # workspace ${workspace}`,
    `  curl -s -m 10 -o /dev/null -w "%{http_code}\\n" -H "Authorization: Bearer $INTERCOM_ACCESS_TOKEN" ${urlOf('api.intercom.io')}/me`,
    `  curl -s ${urlOf('status.intercom.com')}/api/v2/status.json`,
    `  curl -s ${urlOf('status.intercom.com')}/api/v2/incidents/unresolved.json`,
    `  curl -s -m 10 -D - -o /dev/null -H "Authorization: Bearer $INTERCOM_ACCESS_TOKEN" ${urlOf('api.intercom.io')}/me | grep -i x-ratelimit`,
    '',
  ]
}
