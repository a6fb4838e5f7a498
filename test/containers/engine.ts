// The engine for containers in tests, where one answers, and an image to build others on: no registry is asked, so that it is made of what the
// machine has, the Node that runs the tests and the libraries it needs.

import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { containerEngine, type Docker } from '#container/engine.ts'
import { buildImage } from '#container/image.ts'
import { runLabel } from '#container/labels.ts'

/** `undefined` where none answers, or where its images cannot be made of what is here. */
export const engine: Docker | undefined =
  process.platform === 'linux' ? await containerEngine().catch(() => undefined) : undefined

if (engine === undefined)
  console.warn(
    'The tests of containers are skipped: no container engine answers here. Start Docker on Linux to run them.',
  )

/** Throws where the test should have been skipped. */
export function theEngine(): Docker {
  if (!engine) throw new Error('there is no container engine')
  return engine
}

/** What FROM in the Dockerfile of a test may name: `node`, and nothing else. */
export async function nodeImage(): Promise<string> {
  const tag = `brownout-test/node:${process.versions.node}`
  const isHere = await theEngine()
    .getImage(tag)
    .inspect()
    .then(() => true)
    .catch(() => false)
  if (!isHere)
    await inFolder(nodeFiles(), (context) => buildImage(theEngine(), { context, dockerfile: 'Dockerfile', tag }))
  return tag
}

/** An image of these files on top of Node, started by `command`. Its tag is `brownout-test/<name>`. */
export async function imageOf(name: string, files: Files, command: readonly string[], more = ''): Promise<string> {
  const dockerfile = `FROM ${await nodeImage()}\nWORKDIR /app\nCOPY . .\n${more}\nCMD ${JSON.stringify(command)}\n`
  const tag = `brownout-test/${name}`
  await inFolder({ ...files, Dockerfile: { text: dockerfile } }, (context) =>
    buildImage(theEngine(), { context, dockerfile: 'Dockerfile', tag }),
  )
  return tag
}

/** How many containers, networks and volumes of runs there are, of any run or of one. */
export async function leftOf(run?: string): Promise<number> {
  const docker = theEngine()
  const filters = { label: [run === undefined ? runLabel : `${runLabel}=${run}`] }
  const containers = await docker.listContainers({ all: true, filters })
  const networks = await docker.listNetworks({ filters: JSON.stringify(filters) })
  const { Volumes } = await docker.listVolumes({ filters: JSON.stringify(filters) })
  return containers.length + networks.length + Volumes.length
}

/** By their path in the folder. */
export type Files = Readonly<Record<string, { readonly text: string } | { readonly from: string }>>

export async function inFolder<T>(files: Files, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'brownout-image-'))
  try {
    for (const [path, file] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      if ('text' in file) writeFileSync(join(folder, path), file.text)
      else copyFileSync(file.from, join(folder, path))
    }
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function nodeFiles(): Files {
  const needed = execFileSync('ldd', [process.execPath], { encoding: 'utf8' })
  const libraries = Array.from(needed.matchAll(/(\/\S+) \(0x/gu), ([, path = '']) => path)
  const copied = libraries.map((path) => [`root${path}`, { from: realpathSync(path) }] as const)
  return {
    ...Object.fromEntries(copied),
    'root/bin/node': { from: process.execPath },
    'root/tmp/.keep': { text: '' },
    Dockerfile: { text: 'FROM scratch\nCOPY root /\nENV PATH=/bin\n' },
  }
}
