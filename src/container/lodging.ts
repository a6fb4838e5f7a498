// Where the containers of a run live: a network of its own, from which nothing else can be reached, volumes that outlive containers, and a guard that
// outlives the process. All of it carries the label of the run, and goes with it.

import crypto from 'node:crypto'
import { createServer } from 'node:net'
import { limits } from '#context/limits.ts'
import { UserError } from '#context/user-error.ts'
import { withinReal } from '#clock/real-wait.ts'
import { engineWords, isMissing, type Container, type Docker } from './engine.ts'
import { startGuard, type Guard } from './guard.ts'
import { labelsOf, nextRun } from './labels.ts'
import { removeAll, removeOrphans } from './remove.ts'

export type Wanted = {
  /** Its id. */
  readonly image: string
  readonly command?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What others in the network call it. */
  readonly alias?: string
  readonly memoryBytes: number
  readonly cpus: number
  /** A volume, and where the container finds it. */
  readonly volume?: { readonly name: string; readonly at: string }
  /** It is written to, until its standard input ends. */
  readonly input?: true
}

/** Where programs of containers find this machine. */
type Reach = {
  /** Where to listen, so that they get there. */
  readonly address: string
  /** What their names for this machine lead to. */
  readonly from: string
  /** The containers have addresses that this machine reaches. */
  readonly isNear: boolean
}

/** Taken before the run's own chance replaces it. */
const { randomBytes } = crypto
let isSwept = false

export class Lodging {
  readonly docker: Docker
  readonly run: string
  /** How the containers of this run call this machine. Nobody else knows the name, so that it is a secret as well. */
  readonly hostName = `${randomBytes(16).toString('hex')}.brownout.internal`
  readonly #guard: Guard
  #reach: Reach = unreached

  private constructor(docker: Docker, run: string) {
    this.docker = docker
    this.run = run
    this.#guard = startGuard(run)
  }

  /** Throws UserError when the engine refuses. What runs of the past have left goes first. */
  static async open(docker: Docker): Promise<Lodging> {
    if (!isSwept) await removeOrphans(docker).catch(() => 0)
    isSwept = true
    const lodging = new Lodging(docker, nextRun())
    try {
      lodging.#reach = await settle(docker, lodging.run)
      return lodging
    } catch (error) {
      await lodging.close()
      throw new UserError(`The container engine makes no network: ${engineWords(error)}.`, {
        hint: 'It has room for some thirty. `docker network ls` shows them; `docker network prune` removes those of nobody.',
        isMachine: true,
      })
    }
  }

  get reach(): Reach {
    return this.#reach
  }

  /** Created, not started: whoever wants its first words attaches before. */
  async create(wanted: Wanted): Promise<Container> {
    const { image, command, env = {}, volume, input = false } = wanted
    return this.docker.createContainer({
      Image: image,
      ...(command && { Cmd: [...command] }),
      Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
      Labels: labelsOf(this.run),
      AttachStdin: input,
      OpenStdin: input,
      StdinOnce: input,
      HostConfig: {
        NetworkMode: this.run,
        ExtraHosts: [`${this.hostName}:${this.#reach.from}`],
        // Names of the world outside are nobody's business; those of neighbours are answered by the engine.
        Dns: ['127.0.0.1'],
        DnsOptions: ['timeout:1', 'attempts:1'],
        Memory: wanted.memoryBytes,
        MemorySwap: wanted.memoryBytes,
        NanoCpus: wanted.cpus * 1e9,
        PidsLimit: limits.containerProcesses,
        // What it prints is read as it comes; the engine need not keep it.
        LogConfig: { Type: 'none', Config: {} },
        ...(volume && { Mounts: [{ Type: 'volume', Source: volume.name, Target: volume.at }] }),
      },
      NetworkingConfig: {
        EndpointsConfig: { [this.run]: wanted.alias === undefined ? {} : { Aliases: [wanted.alias] } },
      },
    })
  }

  /** The address of a container that runs, in the network. This machine reaches it there, too, where the engine runs on it. */
  async addressOf(container: Container): Promise<string> {
    const { NetworkSettings } = await container.inspect()
    return NetworkSettings.Networks[this.run]?.IPAddress ?? ''
  }

  async makeVolume(name: string): Promise<string> {
    const volume = await this.docker.createVolume({ Name: `${this.run}-${name}`, Labels: labelsOf(this.run) })
    return volume.name
  }

  /** As if the cable were pulled, and put back. */
  async cut(container: Container): Promise<void> {
    await this.docker.getNetwork(this.run).disconnect({ Container: container.id, Force: true })
  }

  async mend(container: Container): Promise<void> {
    await this.docker.getNetwork(this.run).connect({ Container: container.id })
  }

  /** At once, whether or not it runs. */
  async remove(container: Container): Promise<void> {
    try {
      await container.remove({ force: true, v: true })
    } catch (error) {
      if (!isMissing(error)) throw error
    }
  }

  /** Everything goes. What cannot be removed now is left to the guard, and to whoever comes next. */
  async close(): Promise<void> {
    const how = await withinReal(limits.engineAnswerMs, () => removeAll(this.docker, this.run)).catch(() => 'failed')
    await this.#guard.dismiss(how === undefined)
  }
}

const unreached: Reach = { address: '127.0.0.1', from: 'host-gateway', isNear: false }

/** On an engine that runs in a machine of its own (Docker Desktop), an inner network has no way to this one. */
async function settle(docker: Docker, run: string): Promise<Reach> {
  const inner = await makeNetwork(docker, run, true)
  const { IPAM } = (await inner.inspect()) as { readonly IPAM?: { readonly Config?: readonly { Gateway?: string }[] } }
  const gateway = IPAM?.Config?.[0]?.Gateway
  if (gateway !== undefined && (await isOurs(gateway))) return { address: gateway, from: gateway, isNear: true }
  await inner.remove()
  await makeNetwork(docker, run, false)
  return unreached
}

function makeNetwork(docker: Docker, run: string, isInner: boolean) {
  return docker.createNetwork({ Name: run, Driver: 'bridge', Internal: isInner, Labels: labelsOf(run) })
}

/** Whether one can listen there. */
function isOurs(address: string): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(0, address, () => server.close(() => resolve(true)))
  })
}
