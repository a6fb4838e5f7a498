import { expect, test } from 'vitest'
import type { ClientLocation } from '#client/resolve-client.ts'
import type { CellEnd } from './cell.ts'
import type { Crew } from './crew.ts'
import type { Job } from './job.ts'
import { playRun } from './played.ts'

const module: ClientLocation = { name: 'desk', url: 'file:///desk.ts' }
const program = { ...module, command: ['desk'], cwd: '/', env: {} }
const killed: CellEnd = { kind: 'died', cause: 'killed', message: 'signal SIGKILL' }

function playedWith(client: ClientLocation, end: CellEnd, loopback?: Job['loopback']) {
  const crew = { play: () => Promise.resolve({ end, text: '', warm: false }) } as unknown as Crew
  const job = { client, faults: true, ...(loopback && { loopback }) } as unknown as Job
  return playRun({ crew, options: { client }, spanMs: 0, startMs: 0 }, job, new AbortController().signal, true)
}

test('a module dies with the process it is in', async () => {
  const end = await playedWith(module, killed)
  expect(end).toMatchObject({ kind: 'rejected', problem: { message: expect.stringContaining('did not survive') } })
})

test('what it printed of an error is told, because it may be all there is to find out why', async () => {
  const said = "SyntaxError: The requested module '/home/ada/desk/a.ts' does not provide an export named 'b'"
  const end = await playedWith(module, { kind: 'died', cause: 'exit', message: 'exit code 1', said })
  const hint = expect.stringMatching(/^It printed: SyntaxError: .*'a\.ts' does not provide.*\nImporting/u)
  expect(end).toMatchObject({ kind: 'rejected', problem: { hint } })
})

test('a program was not in the process that somebody killed, which therefore says nothing of it', async () => {
  expect(await playedWith(program, killed)).toEqual({
    kind: 'harness-error',
    message: 'The process that played the scenario was killed (signal SIGKILL).',
  })
})

const escaped = (host: string, via: string): CellEnd =>
  ({ kind: 'finished', escapes: [{ host, via, near: false }] }) as unknown as CellEnd

test('a process that a module wants to start has real sockets to go to, where it may be started', async () => {
  const end = await playedWith(module, escaped('curl', 'node:child_process'))
  expect(end).toMatchObject({ kind: 'rejected', problem: { hint: expect.stringContaining('--transport loopback') } })
})

test('on real sockets a host that is not simulated may be called in vain, whatever it is called with', async () => {
  const loopback = { scale: 1, wallMs: 1 } as Job['loopback']
  const end = await playedWith(module, escaped('example.com:443', 'node:tls'), loopback)
  const hint =
    'If this run does not depend on that host, add --drop-host example.com:443; its requests then fail quietly.'
  expect(end).toMatchObject({ kind: 'rejected', problem: { hint } })
})
