// The package as somebody else has it: built, packed, and installed from the tarball into a project of their own. That project's lock says of
// every package what ours does, so that npm takes them from where `npm ci` took them here, and asks no registry what there is.

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const jsonOf = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'))

export type Said = { readonly code: number; readonly out: string; readonly err: string }
type Locked = Readonly<Record<string, unknown>> & { readonly dev?: boolean }
type Packed = { readonly tarball: string; readonly files: readonly string[] }

/** With this Node before any other, and nothing of what `npm test` tells its scripts. */
export function said(
  cwd: string,
  command: string,
  words: readonly string[],
  more: NodeJS.ProcessEnv = {},
): Promise<Said> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:npm_|BROWNOUT_|VITEST|NODE_ENV)/u.test(name))
  const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter)
  const env = { ...Object.fromEntries(kept), PATH, NO_COLOR: '1', ...more }
  return new Promise((resolve) => {
    execFile(command, words, { cwd, env, maxBuffer: 1e8 }, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err })
    })
  })
}

async function done(cwd: string, words: readonly string[]): Promise<string> {
  const { code, out, err } = await said(cwd, 'npm', words)
  if (code !== 0) throw new Error(`npm ${words.join(' ')} ended with ${code}: ${err}${out}`)
  return out
}

/** Builds, and packs what is built. */
export async function pack(): Promise<Packed> {
  const directory = mkdtempSync(join(tmpdir(), 'packed-'))
  await done(root, ['run', '--silent', 'build'])
  const words = ['pack', '--ignore-scripts', '--json', '--pack-destination', directory]
  // One version of npm gives a list, another the packages by their names.
  const [packed] = Object.values(JSON.parse(await done(root, words)) as object) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ]
  return { tarball: join(directory, packed.filename), files: packed.files.map(({ path }) => path) }
}

/** A project that has the package and `also`, which are packages of ours. */
export async function install(tarball: string, also: readonly string[] = []): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'shop-'))
  const { packages } = jsonOf('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> }
  const resolved = `file:${tarball}`
  const wanted = { brownout: resolved, ...Object.fromEntries(also.map((name) => [name, versionOf(packages, name)])) }
  const manifest = { name: 'shop', private: true, type: 'module', devDependencies: wanted }
  const own = { ...(jsonOf('package.json') as Locked), resolved, integrity: integrityOf(tarball), dev: true }
  const others = [...closureOf(packages, also)].map((path) => [path, { ...packages[path], dev: true }] as const)
  const lock = {
    name: 'shop',
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest, 'node_modules/brownout': withoutDev(own), ...Object.fromEntries(others) },
  }
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(directory, 'package-lock.json'), JSON.stringify(lock))
  await done(directory, ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'])
  return directory
}

/** What the package itself depends on, and what `also` does, wherever our lock has it. */
function closureOf(packages: Readonly<Record<string, Locked>>, also: readonly string[]): ReadonlySet<string> {
  const found = new Set(Object.keys(packages).filter((path) => path !== '' && packages[path]?.dev !== true))
  const look = (from: string, name: string): void => {
    for (let above = from; ; above = above.slice(0, Math.max(0, above.lastIndexOf('node_modules/') - 1))) {
      const path = `${above === '' ? '' : `${above}/`}node_modules/${name}`
      const entry = packages[path]
      if (entry && !found.has(path)) {
        found.add(path)
        for (const part of ['dependencies', 'optionalDependencies', 'peerDependencies'])
          for (const next of Object.keys((entry[part] ?? {}) as object)) look(path, next)
      }
      if (entry || above === '') return
    }
  }
  for (const name of also) look('', name)
  return found
}

function withoutDev(manifest: Locked): Locked {
  const foreign = new Set(['devDependencies', 'scripts', 'files', 'imports', 'exports', 'allowScripts'])
  return Object.fromEntries(Object.entries(manifest).filter(([part]) => !foreign.has(part)))
}

function versionOf(packages: Readonly<Record<string, Locked>>, name: string): unknown {
  return packages[`node_modules/${name}`]?.['version']
}

function integrityOf(file: string): string {
  return `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`
}
