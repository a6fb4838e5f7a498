// Goal: whatever a client does to its process, the run ends as a verdict that names the operation, soon, and leaves no
// process behind. Method: real cells, real time, one hostile client each.

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeHistory } from '#history/codec.ts'
import { createCrew, type Crew } from '#engine/crew.ts'
import type { RunResult } from '#engine/run-result.ts'
import { run } from '#engine/run.ts'
import { resolveClient } from '#client/resolve-client.ts'

const here = import.meta.dirname

async function runHostile(name: string, crew?: Crew) {
  const result = await run({
    scenario: join(here, 'scenarios/short-hang.yaml'),
    client: resolveClient(`./hostile/${name}.ts`, here),
    seed: '1',
    profile: 'default',
    historyFile: join(mkdtempSync(join(tmpdir(), 'isolation-')), 'history.ndjson'),
    dropHosts: [],
    signal: new AbortController().signal,
    ...(crew && { crew }),
  })
  return { result }
}

/** From the history on disk, which must be complete. */
function crashCause(result: RunResult): string | undefined {
  const history = decodeHistory(readFileSync(result.environment.historyPath, 'utf8'))
  expect(history.at(history.length - 1)).toMatchObject({ kind: 'run.ended', reason: 'crashed' })
  return history.all('client.crashed')[0]?.cause
}

/** Our cells, and what clients started, that are still there. */
function leftovers(): string[] {
  return processes()
    .filter(
      ({ parent, command }) =>
        command.includes('left-behind-by-a-client') || (command.includes('cell-start.ts') && parent === process.pid),
    )
    .map(({ command }) => command)
}

/** A process that was killed with a gigabyte in its hands takes the system a moment to clear away. */
async function expectNothingLeft(): Promise<void> {
  await expect.poll(leftovers, { timeout: 5_000 }).toEqual([])
}

/** From /proc where there is one: `ps` is not installed everywhere. */
function processes(): { parent: number; command: string }[] {
  if (!existsSync('/proc/self/stat')) {
    const lines = execFileSync('ps', ['-eo', 'ppid,args'], { encoding: 'utf8' }).trim().split('\n')
    return lines.map((line) => ({ parent: Number.parseInt(line, 10), command: line }))
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
        const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
        return [{ parent, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') }]
      } catch {
        return []
      }
    })
}

test.for([
  ['spins', 'stalled', /event loop/u],
  ['spins-in-microtasks', 'stalled', /event loop/u],
  ['recurses', 'stalled', /event loop/u],
  ['allocates', /memory|stalled/u, /memory|heap|event loop/u],
  ['allocates-buffers', 'memory', /memory/u],
  ['exits', 'exit', /exit code 0/u],
  ['kills-itself', 'killed', /SIGKILL/u],
  ['throws-late', 'uncaught', /nobody is listening/u],
] as const)('a client that %s ends as a verdict', { timeout: 20_000 }, async ([name, cause, message]) => {
  const { result } = await runHostile(name)
  if (result.kind !== 'judged') throw new Error(`not judged: ${JSON.stringify(result)}`)
  expect(result).toMatchObject({ outcome: 'fail', withoutFaults: false })
  const verdict = result.verdicts.find(({ oracle }) => oracle === 'stays-alive')
  if (verdict?.verdict !== 'fail') throw new Error(`stays-alive did not fail: ${JSON.stringify(verdict)}`)
  expect(verdict.sentence).toMatch(/contact\.read/u)
  expect(verdict.sentence).toMatch(message)
  expect(crashCause(result)).toMatch(cause)
  await expectNothingLeft()
})

test('a client that spawns a process is rejected by name, and leaves nothing behind', { timeout: 20_000 }, async () => {
  const { result } = await runHostile('spawns-and-spins')
  expect(result.kind === 'rejected' && String(result.problem)).toMatch(
    /tried to start node through node:child_process, which cannot run in virtual time; nothing was started\./u,
  )
  await expectNothingLeft()
})

test('a client that rejects behind everyone’s back fails no-leaks and lives', async () => {
  const { result } = await runHostile('rejects-late')
  expect(result.kind === 'judged' && result.verdicts.find(({ oracle }) => oracle === 'no-leaks')).toMatchObject({
    verdict: 'fail',
  })
})

test('a client that never wakes leaves unknown operations and fails its promise', async () => {
  const { result } = await runHostile('never-wakes')
  expect(
    result.kind === 'judged' && result.verdicts.find(({ oracle }) => oracle === 'settles-within-promise'),
  ).toMatchObject({
    verdict: 'fail',
  })
})

test('a client that asks for ever is stopped by the limit on exchanges', async () => {
  const { result } = await runHostile('asks-for-ever')
  expect(result.kind === 'judged' && result.counts['limit.reached']).toBeGreaterThan(0)
  expect(result.kind === 'judged' && result.verdicts.find(({ oracle }) => oracle === 'bounded-attempts')).toMatchObject(
    {
      verdict: 'fail',
    },
  )
})

test('a client that spins without any fault is not judged by the incident', { timeout: 20_000 }, async () => {
  const { result } = await runHostile('spins-without-fault')
  expect(result).toMatchObject({ kind: 'judged', outcome: 'inconclusive', withoutFaults: true })
  await expectNothingLeft()
})

test('a client that writes into its own record is refused', { timeout: 20_000 }, async () => {
  const { result } = await runHostile('alters-its-record')
  expect(result.kind === 'rejected' && result.problem.message).toMatch(/wrote into the record of its own run/u)
})

test(
  'a client that meddles with what the harness uses changes nothing in its record',
  { timeout: 20_000 },
  async () => {
    const { result } = await runHostile('meddles')
    expect(result.kind === 'judged' && result.counts['operation.error']).toBeGreaterThan(5)
  },
)

test('a client that changes the language in the middle of a run is told what', { timeout: 20_000 }, async () => {
  const { result } = await runHostile('changes-the-language')
  expect(result.kind === 'rejected' && result.problem.message).toBe(
    'The client hostile/changes-the-language.ts changed JSON.stringify while it ran; nothing can be judged by it.',
  )
})

test('a client may freeze the language, and its process is not used again', { timeout: 60_000 }, async () => {
  const crew = createCrew(2)
  const runs: RunResult[] = []
  for (let nth = 0; nth < 2; nth += 1) runs.push((await runHostile('freezes', crew)).result)
  crew.close()
  expect(runs.map(({ kind }) => kind)).toEqual(['judged', 'judged'])
})

test('a client that throws at every operation learns in what', { timeout: 20_000 }, async () => {
  const { result } = await runHostile('throws-everywhere')
  expect(result).toMatchObject({ kind: 'judged', withoutFaults: true })
  expect(result.kind === 'judged' && result.because).toContain("Cannot read properties of undefined (reading 'ours')")
})

test('the body of an error is not a contact', { timeout: 20_000 }, async () => {
  const { result } = await runHostile('hands-over-errors')
  if (result.kind !== 'judged') throw new Error(JSON.stringify(result))
  expect(result.verdicts.find(({ oracle }) => oracle === 'honest-degradation')).toMatchObject({ verdict: 'fail' })
})
