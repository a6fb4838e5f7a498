// A container that runs, what goes into it and comes out of it, and why it ended. What it keeps beyond its end is in a volume, which every user of
// an image may write to.

import { PassThrough, type Duplex, type Readable } from 'node:stream'
import { limits } from '#context/limits.ts'
import { pauseReal, withinReal } from '#clock/real-wait.ts'
import { answers, engineGone, isMissing, type Container, type Docker } from '#container/engine.ts'
import { archiveOf } from '#container/archive.ts'
import type { Lodging } from '#container/lodging.ts'
import type { ContainerLocation } from '../resolve-client.ts'
import { DriverGone } from './protocol-error.ts'
import { trusting } from './trusting.ts'

const volumeAt = '/brownout'
const folder = 'store'
const authority = 'authority.pem'

/** Where a container finds what outlives it. */
export const storeInside = `${volumeAt}/${folder}`

export class Contained {
  readonly stdin: Duplex
  readonly stdout: Readable
  readonly stderr: Readable
  readonly address: string
  /** With the reason. */
  readonly ended: Promise<Error>
  readonly #lodging: Lodging
  readonly #container: Container

  private constructor(lodging: Lodging, container: Container, stream: Duplex, address: string, ended: Promise<Error>) {
    this.#lodging = lodging
    this.#container = container
    this.stdin = stream
    const { stdout, stderr } = split(lodging.docker, stream)
    this.stdout = stdout
    this.stderr = stderr
    this.address = address
    this.ended = ended
  }

  /** `store` names a volume of the run. */
  static async start({ container: plan, ca }: ContainerLocation, lodging: Lodging, store: string): Promise<Contained> {
    const { command, memoryBytes, cpus, image } = plan
    const env = { ...(ca !== undefined && trusting(`${volumeAt}/${authority}`)), ...plan.env }
    const volume = { name: await lodging.makeVolume(store), at: volumeAt }
    const wanted = {
      image: String(image),
      env,
      memoryBytes,
      cpus,
      volume,
      input: true,
      ...(command && { command }),
    } as const
    const container = await lodging.create(wanted)
    try {
      const files = { [`${folder}/`]: '', ...(ca !== undefined && { [authority]: ca }) }
      await container.putArchive(archiveOf(files), { path: volumeAt })
      const how = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true }
      const stream = (await container.attach(how)) as Duplex
      stream.on('error', () => {})
      await container.start()
      const ended = endOf(container, lodging.docker, plan.memoryBytes, stream)
      return new Contained(lodging, container, stream, await lodging.addressOf(container), ended)
    } catch (error) {
      await lodging.remove(container).catch(() => {})
      throw error
    }
  }

  /** Asks it to end, as an operator would. */
  async stop(): Promise<void> {
    await this.#container.stop({ t: limits.driverExitMs / 1_000 }).catch(() => {})
  }

  /** Who is gone, or is so already, stays as it is. */
  async freeze(on: boolean): Promise<void> {
    await (on ? this.#container.pause() : this.#container.unpause()).catch(() => {})
  }

  async cut(on: boolean): Promise<void> {
    await (on ? this.#lodging.cut(this.#container) : this.#lodging.mend(this.#container)).catch(() => {})
  }

  /** At once. What cannot be removed now goes with the lodging. */
  async remove(): Promise<void> {
    this.stdin.destroy()
    await this.#lodging.remove(this.#container).catch(() => {})
  }
}

function split(docker: Docker, stream: Duplex): { readonly stdout: Readable; readonly stderr: Readable } {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  docker.modem.demuxStream(stream, stdout, stderr)
  stream.once('close', () => {
    stdout.end()
    stderr.end()
  })
  return { stdout, stderr }
}

/** What it has printed by then is heard before. */
async function endOf(container: Container, docker: Docker, memoryBytes: number, stream: Duplex): Promise<Error> {
  const emptied = new Promise<void>((resolve) => stream.once('close', () => resolve()))
  const exited = causeOfExit(container, docker, memoryBytes)
  void exited.then(() => withinReal(limits.driverHangUpMs, () => emptied))
  let isOver = false
  const silent = untilSilent(docker, () => isOver)
  const first = await Promise.race([exited, silent, emptied.then(() => undefined)])
  isOver = true
  if (first) {
    await withinReal(limits.driverHangUpMs, () => emptied)
    return first
  }
  // Whatever the program closes, the engine keeps the stream until its container ends. That may be told late on a busy machine;
  // where it is not told at all, the engine has let go.
  const why = await withinReal(limits.driverExitMs, () => exited)
  return why === 'overdue' ? engineGone() : why
}

async function causeOfExit(container: Container, docker: Docker, memoryBytes: number): Promise<Error> {
  try {
    const { StatusCode: code } = (await container.wait()) as { readonly StatusCode: number }
    const { State: state } = await container.inspect()
    if (state.OOMKilled)
      return new DriverGone(`exit code ${code}: it took more memory than its ${memoryBytes / 1e6} MB`)
    // An engine that stops ends its containers first.
    if (code > 128 && !(await answersAfterAWhile(docker))) return engineGone()
    return new DriverGone(`exit code ${code}`, code === 0)
  } catch (error) {
    return isMissing(error) ? new DriverGone('exit: its container was removed') : engineGone()
  }
}

/** An engine that hangs closes nothing: to whoever waits for an answer of the client it would look as if the client did. */
async function untilSilent(docker: Docker, isOver: () => boolean): Promise<Error> {
  while (!isOver()) {
    await pauseReal(limits.enginePulseMs)
    if (!isOver() && !(await answers(docker, limits.engineAnswerMs))) return engineGone()
  }
  return new Promise(() => {})
}

async function answersAfterAWhile(docker: Docker): Promise<boolean> {
  await withinReal(limits.driverHangUpMs, () => new Promise(() => {}))
  return answers(docker)
}
