// The container engine of this machine, as testcontainers finds it: Docker, or what speaks like it. It is looked for only when a container is
// wanted, because loading what speaks to it takes longer than a short run.

import type { ContainerRuntimeClient } from 'testcontainers'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { withinReal } from '#clock/real-wait.ts'

export type Docker = ContainerRuntimeClient['container']['dockerode']
export type Container = ReturnType<Docker['getContainer']>

/** What a process needs in its environment to find the engine that its parent finds. */
export const engineVariables = [
  'DOCKER_HOST',
  'DOCKER_TLS_VERIFY',
  'DOCKER_CERT_PATH',
  'DOCKER_CONFIG',
  'XDG_RUNTIME_DIR',
]

/** Throws UserError where none answers, or only one of another machine. */
export async function containerEngine(): Promise<Docker> {
  const docker = await found()
  const { host, socketPath } = docker.modem as { readonly host?: string; readonly socketPath?: string }
  if (socketPath === undefined && !/^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/u.test(host ?? 'localhost'))
    throw new UserError(
      `The container engine at ${host} is on another machine, which cannot reach the simulated services.`,
      {
        hint: 'They listen on this machine only. Use an engine here: leave DOCKER_HOST out.',
      },
    )
  return docker
}

async function found(): Promise<Docker> {
  // We remove what we start ourselves; the image of its reaper would have to be pulled.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] = 'true'
  const { getContainerRuntimeClient } = await library()
  try {
    const client = await withinReal(limits.engineAnswerMs, getContainerRuntimeClient)
    if (client !== 'overdue' && isMeant(client.container.dockerode)) return client.container.dockerode
  } catch {
    // It says of no address why.
  }
  const where = process.env['DOCKER_HOST'] ?? 'its usual socket'
  throw new UserError(`No container engine answers at ${where}.`, {
    hint: 'Start Docker, or name its address in DOCKER_HOST; `docker info` must answer without sudo.',
  })
}

/** Whoever has no client in a container does without it. */
async function library(): Promise<typeof import('testcontainers')> {
  try {
    return await import('testcontainers')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    throw new UserError('The package testcontainers is not installed, and speaks to the container engine.', {
      hint: 'Add it with "npm install --save-dev testcontainers@12".',
    })
  }
}

/** Where the one that was named does not answer, it takes another. */
function isMeant({ modem }: Docker): boolean {
  const wanted = process.env['DOCKER_HOST']
  if (!wanted?.startsWith('unix://')) return true
  return (modem as { readonly socketPath?: string }).socketPath === wanted.slice('unix://'.length)
}

/** What an engine says of a failure, without how it was carried. */
export function engineWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (isUnreachable(error)) return 'it no longer answers'
  return error.message.replace(/^\(HTTP code \d+\) .*? - /u, '')
}

/** Nobody's mistake, and nobody's verdict. */
export function engineGone(): UserError {
  return new UserError('The container engine stopped answering in the middle of a run.', {
    hint: 'Nothing can be said of the client. What is left with the engine is removed when the next run begins.',
    isMachine: true,
  })
}

export async function answers(docker: Docker, withinMs: number = limits.driverExitMs): Promise<boolean> {
  try {
    return (await withinReal(withinMs, () => docker.ping())) !== 'overdue'
  } catch {
    return false
  }
}

/** It was there, and is no more. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && unreachable.has(error.code)
}

const unreachable: ReadonlySet<unknown> = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/** Nothing by that name is there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'statusCode' in error && error.statusCode === 404
}
