// Removes what runs have left with the engine: all of one run, or all of runs whose process is gone.

import { withinReal } from '#clock/real-wait.ts'
import type { Docker } from './engine.ts'
import { isOrphan, runLabel } from './labels.ts'

const pauseMs = 50

type Labels = Readonly<Record<string, string>>

/** Until there is nothing any more. */
export async function removeAll(docker: Docker, run: string): Promise<void> {
  while ((await removeRun(docker, run)) > 0) await withinReal(pauseMs, () => new Promise(() => {}))
}

/** Containers with their anonymous volumes first, then what they kept busy. How many things there were. */
export async function removeRun(docker: Docker, run: string): Promise<number> {
  return removeWhere(docker, `${runLabel}=${run}`, () => true)
}

/** Of runs that nobody could clean up after, such as before the machine lost power. */
export async function removeOrphans(docker: Docker): Promise<number> {
  return removeWhere(docker, runLabel, isOrphan)
}

async function removeWhere(docker: Docker, label: string, isMeant: (labels: Labels) => boolean): Promise<number> {
  const filters = { label: [label] }
  const all = await docker.listContainers({ all: true, filters })
  const containers = all.filter(({ Labels }) => isMeant(Labels)).map(({ Id }) => docker.getContainer(Id))
  await Promise.all(containers.map((each) => gone(each.remove({ force: true, v: true }))))
  const networks = (await docker.listNetworks({ filters: JSON.stringify(filters) }))
    .filter(({ Labels }) => isMeant(Labels ?? {}))
    .map(({ Id }) => docker.getNetwork(Id))
  await Promise.all(networks.map((each) => gone(each.remove())))
  const { Volumes: found } = await docker.listVolumes({ filters: JSON.stringify(filters) })
  const volumes = found.filter(({ Labels }) => isMeant(Labels ?? {})).map(({ Name }) => docker.getVolume(Name))
  await Promise.all(volumes.map((each) => gone(each.remove())))
  return containers.length + networks.length + volumes.length
}

/** Somebody else may have removed it, or is about to: then it is in use, or its removal under way. */
const forNow: ReadonlySet<unknown> = new Set([403, 404, 409])

async function gone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal
  } catch (error) {
    if (!(error instanceof Error && 'statusCode' in error && forNow.has(error.statusCode))) throw error
  }
}
