// The image of the harness itself: the Dockerfile of the project, on a base that is made of what this machine has and brings the packages
// along, because no registry is asked. The programs are those of the Dockerfile and of the harness; users get them with node:24-slim.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { globSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { packContext } from '#container/context.ts'
import { buildImage } from '#container/image.ts'
import { inFolder, nodeImage, theEngine, type Files } from './engine.ts'

const root = join(import.meta.dirname, '../..')
const programs = ['chmod', 'chown', 'env', 'ln', 'mkdir', 'rm', 'setpriv', 'sh']

export async function harnessImage(): Promise<string> {
  const docker = theEngine()
  const tag = 'brownout-test/harness'
  const sent = await docker.buildImage(packContext(root, 'Dockerfile'), {
    t: tag,
    rm: true,
    forcerm: true,
    buildargs: { BASE: await baseImage() },
  })
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(sent, (error, steps: readonly ({ readonly error?: string } | undefined)[] | null) => {
      const failed = steps?.find((step) => step?.error !== undefined)?.error
      if (error ?? failed) reject(error ?? new Error(failed))
      else resolve()
    })
  })
  return tag
}

/** The same for the same packages. */
async function baseImage(): Promise<string> {
  const tag = `brownout-test/harness-base:${digest(join(root, 'package-lock.json'), import.meta.filename)}`
  const isHere = await theEngine()
    .getImage(tag)
    .inspect()
    .then(() => true)
    .catch(() => false)
  if (isHere) return tag
  const dockerfile = [
    `FROM ${await nodeImage()}`,
    'COPY root /',
    'ENV PATH=/usr/local/bin:/usr/bin:/bin',
    'RUN mkdir -p /usr/local/bin && chmod 1777 /tmp',
  ]
  const files = { ...programFiles(), ...moduleFiles(), Dockerfile: { text: dockerfile.join('\n') } }
  await inFolder(files, (context) => buildImage(theEngine(), { context, dockerfile: 'Dockerfile', tag }))
  return tag
}

function digest(...files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}

function programFiles(): Files {
  const paths = programs.map((name) => execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim())
  const needed = execFileSync('ldd', paths, { encoding: 'utf8' })
  const libraries = Array.from(needed.matchAll(/(\/\S+) \(0x/gu), ([, path = '']) => path)
  return Object.fromEntries([
    ...libraries.map((path) => [`root${path}`, { from: realpathSync(path) }] as const),
    ...programs.map((name, index) => [placeOf(name), { from: realpathSync(paths[index] as string) }] as const),
  ])
}

function placeOf(program: string): string {
  return program === 'sh' ? 'root/bin/sh' : `root/usr/bin/${program}`
}

function moduleFiles(): Files {
  const { dependencies } = manifest('.')
  const packages = new Set<string>()
  for (const name of Object.keys(dependencies ?? {})) addPackage(name, packages)
  const patterns = [...packages].flatMap((name) => [
    `node_modules/${name}/**/*.{js,cjs,mjs,json}`,
    ...(name.startsWith('@esbuild/') ? [`node_modules/${name}/bin/esbuild`] : []),
  ])
  const paths = globSync(patterns, { cwd: root })
  return Object.fromEntries(paths.map((path) => [`root/brownout/${path}`, { from: join(root, path) }] as const))
}

/** With those it needs itself; the optional ones, such as the binary for this machine, as far as they are here. */
function addPackage(name: string, packages: Set<string>): void {
  if (packages.has(name)) return
  packages.add(name)
  const { dependencies = {}, optionalDependencies = {} } = manifest(join('node_modules', name))
  for (const each of Object.keys(dependencies)) addPackage(each, packages)
  for (const each of Object.keys(optionalDependencies))
    if (globSync(`node_modules/${each}/package.json`, { cwd: root }).length > 0) addPackage(each, packages)
}

type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

function manifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest
}
