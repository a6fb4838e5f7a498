// Runs against a client in a container. Goal: what is done to it is seen in the history and judged fairly, and however a run ends, nothing of it is left
// with the engine. Method: real containers; no duration is measured.

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import type { ContainerLocation } from '#client/resolve-client.ts'
import { runLabel } from '#container/labels.ts'
import { removeOrphans } from '#container/remove.ts'
import type { RunResult } from '#engine/run-result.ts'
import { run } from '#engine/run.ts'
import { decodeEvents } from '#history/codec.ts'
import type { EventKind } from '#history/event.ts'
import { exampleImage, inContainer, scriptInContainer } from './containers/clients.ts'
import { engine, leftOf, theEngine } from './containers/engine.ts'
import { openPassage } from './containers/socket.ts'

const root = join(import.meta.dirname, '..')
const slowly = { timeout: 180_000 }

afterEach(() => {
  vi.unstubAllEnvs()
})

type Played = { readonly result: RunResult; readonly history: string }

async function play(
  scenario: string,
  client: ContainerLocation,
  onPhase: (phase: string) => void = () => {},
): Promise<Played> {
  const historyFile = join(mkdtempSync(join(tmpdir(), 'containers-')), 'history.ndjson')
  const result = await run({
    scenario: join(import.meta.dirname, 'scenarios', `${scenario}.yaml`),
    client,
    seed: '1',
    profile: 'default',
    historyFile,
    dropHosts: [],
    signal: new AbortController().signal,
    loopback: { scale: 1 },
    onProgress: ({ phase }) => onPhase(phase),
  })
  return { result, history: historyFile }
}

/** A machine that is too busy is an excuse, but no failure either. */
function blamedFor({ result }: Played): readonly string[] {
  if (result.kind !== 'judged') throw new Error(JSON.stringify(result))
  return result.verdicts.flatMap(({ oracle, verdict }) => (verdict === 'fail' ? [oracle] : []))
}

function kindsIn({ history }: Played, ...kinds: readonly EventKind[]): readonly string[] {
  return decodeEvents(readFileSync(history, 'utf8')).flatMap(({ kind }) => (kinds.includes(kind) ? [kind] : []))
}

test.skipIf(!engine).for([
  ['frozen', {}, ['client.paused', 'client.resumed']],
  ['cut-off', {}, ['client.unplugged', 'client.plugged']],
  ['killed', { https: true }, ['client.restarted']],
] as const)('the example in a container that is %s passes', slowly, async ([scenario, more, kinds]) => {
  const played = await play(scenario, { ...inContainer(await exampleImage()), ...more })
  expect(blamedFor(played)).toEqual([])
  expect(kindsIn(played, 'client.crashed', ...kinds)).toEqual(kinds)
})

/** Runs of containers of this image that are there now. */
async function runsOf(image: string): Promise<readonly { readonly run: string; readonly pid: number }[]> {
  const all = await theEngine().listContainers({ all: true, filters: { ancestor: [image] } })
  return all.map(({ Labels }) => {
    const pid = Number(/\/(\d+)\./u.exec(Labels['brownout.owner'] ?? '')?.[1])
    return { run: Labels[runLabel] ?? '', pid }
  })
}

async function untilSome(image: string): Promise<readonly { readonly run: string; readonly pid: number }[]> {
  for (;;) {
    const runs = await runsOf(image)
    if (runs.length === 2) return runs
    await sleep(100)
  }
}

async function untilNothing(runs: readonly { readonly run: string }[]): Promise<void> {
  for (const { run: name } of runs) while ((await leftOf(name)) > 0) await sleep(100)
}

test.skipIf(!engine)('one that exits in the middle has died, with the reason', slowly, async () => {
  const script = `let asked = 0; on.invoke = (q) => { if ((asked += 1) === 60) process.exit(7); say({ id: q.id, value: null, outcome: 'fallback' }) }`
  const client = await scriptInContainer('dies-later', script)
  const { result } = await play('frozen', client)
  // The twin dies as well: whatever happens to it is no matter of faults.
  expect(JSON.stringify(result)).toMatch(/exit code 7/u)
})

test.skipIf(!engine).for([
  ['goes away', 'close'],
  ['hangs', 'stall'],
] as const)('an engine that %s in the middle says nothing about the client', slowly, async ([, does]) => {
  const { socketPath } = theEngine().modem as unknown as { readonly socketPath: string }
  const passage = await openPassage(socketPath)
  vi.stubEnv('DOCKER_HOST', passage.host)
  const client = await scriptInContainer('loses-its-engine', '')
  const { result } = await play('frozen', client, (phase) => {
    if (phase === 'baseline') passage[does]()
  })
  passage.close()
  if (result.kind !== 'rejected') throw new Error(JSON.stringify(result))
  expect(String(result.problem)).toMatch(/^The container engine stopped answering/u)
  await removeOrphans(theEngine())
  expect(await runsOf('brownout-test/loses-its-engine')).toEqual([])
})

test.skipIf(!engine)('a cell that is killed leaves nothing', slowly, async () => {
  const client = await scriptInContainer('loses-its-cell', '')
  const playing = play('frozen', client)
  const runs = await untilSome('brownout-test/loses-its-cell')
  for (const { pid } of runs) process.kill(pid, 'SIGKILL')
  const { result } = await playing
  expect(result.kind === 'judged' ? result.outcome : result.kind).not.toBe('pass')
  await untilNothing(runs)
})

type Ended = { readonly code: number | null; readonly said: string }

/** The command with this client file; `until` may stop it. */
async function command(
  file: string,
  until: (pid: number) => Promise<void> = async () => {},
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const directory = mkdtempSync(join(tmpdir(), 'containers-'))
  writeFileSync(join(directory, 'desk.client.yaml'), file)
  const words = [
    'test/scenarios/frozen.yaml',
    '--client',
    join(directory, 'desk.client.yaml'),
    '--report-dir',
    join(directory, 'reports'),
  ]
  const child = spawn(process.execPath, ['src/cli/brownout.js', ...words], {
    cwd: root,
    env: { ...process.env, ...env },
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += String(text)))
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, said })))
  await until(child.pid as number)
  return ended
}

test.skipIf(!engine).for([
  ['Ctrl-C', 'SIGINT', 130],
  ['being killed', 'SIGKILL', null],
] as const)('a run that ends by %s leaves nothing', slowly, async ([, signal, code]) => {
  const name = `ends-by-${signal.toLowerCase()}`
  await scriptInContainer(name, '')
  let runs: readonly { readonly run: string }[] = []
  const ended = await command(`image: brownout-test/${name}`, async (pid) => {
    runs = await untilSome(`brownout-test/${name}`)
    process.kill(pid, signal)
  })
  expect(ended.code).toBe(code)
  await untilNothing(runs)
})

test.skipIf(!engine).for([
  [
    'an image that is nowhere',
    'image: 127.0.0.1:1/nowhere',
    /There is no image "127\.0\.0\.1:1\/nowhere" here, and it cannot be pulled/u,
  ],
  ['a folder that is nowhere', 'build: ./nowhere', /there is no folder \.\/nowhere to build an image of/u],
  ['a folder without a Dockerfile', 'build: .', /There is no Dockerfile in /u],
] as const)('%s is a mistake of the user', slowly, async ([, file, says]) => {
  const { code, said } = await command(file)
  expect(said).toMatch(says)
  expect(code).toBe(2)
})

test('without an engine nothing starts', slowly, async () => {
  const { code, said } = await command('image: desk', undefined, { DOCKER_HOST: 'unix:///nowhere/docker.sock' })
  expect(said).toMatch(/^No container engine answers at unix:\/\/\/nowhere\/docker\.sock\.\nStart Docker/u)
  expect(code).toBe(2)
})
