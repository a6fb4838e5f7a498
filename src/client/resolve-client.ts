// Which module is meant by `--client sdk` or `--client ./src/desk.ts`. Cheap: it looks at files and imports nothing, so that
// a misspelt name is answered before anything starts.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Build } from '#container/image.ts'
import { UserError } from '#context/user-error.ts'
import { nearestName } from '#context/nearest-name.ts'
import { ownFile } from '#context/own-files.ts'
import type { ServicesTexts } from './client.ts'
import type { Registered } from './test-file/registry.ts'

/** `name` is what reports call the module. */
type ModuleLocation = {
  readonly name: string
  readonly url: string
  /** It speaks to nobody over plain HTTP. */
  readonly https?: true
  /** Whom it is to trust, as PEM: known once a run begins. */
  readonly ca?: string
  /** The module is a test file, and the client the one of this test of it. */
  readonly registered?: Registered
}

/** A program that speaks the protocol of drivers (docs/drivers.md). `url` is the file that says so. */
export type ProcessLocation = ModuleLocation & {
  readonly command: readonly string[]
  readonly cwd: string
  /** Besides what every program needs. */
  readonly env: Readonly<Record<string, string>>
}

/** A server that does. */
type ServerLocation = ModuleLocation & { readonly driver: string }

/** A container in which one of the two is. */
export type ContainerLocation = ModuleLocation & {
  readonly container: {
    /** The image: what it is called, and once it is prepared its id; or how it is built. */
    readonly image: string | Build
    /** Instead of the image's own. */
    readonly command?: readonly string[]
    readonly env: Readonly<Record<string, string>>
    readonly memoryBytes: number
    readonly cpus: number
    /** Where it is a server. Otherwise it speaks over its standard input and output. */
    readonly serves?: { readonly port: number; readonly path: string }
  }
}

export type DriverLocation = (ProcessLocation | ServerLocation | ContainerLocation) & {
  /** What it needs besides the API. */
  readonly services?: ServicesTexts
}
export type ClientLocation = ModuleLocation | DriverLocation

/** Whether the client runs outside of the cell: in real time, and reached by sockets only. */
export function isDriver(location: ClientLocation): location is DriverLocation {
  return 'driver' in location || isOwned(location)
}

/** Whether it is started here, so that it can be ended as well. */
export function isOwned(location: ClientLocation): location is ProcessLocation | ContainerLocation {
  return 'command' in location || 'container' in location
}

const shippedDirectory = fileURLToPath(ownFile('fixtures/clients/'))
const moduleFile = /\.(?:[cm]?[jt]s|[jt]sx)$/u

export function resolveClient(specifier: string, cwd: string): ClientLocation {
  if (specifier.trim() === '') throw new UserError('The name of the client is empty.', { hint: shippedHint() })
  const path = specifier.startsWith('file:') ? fileURLToPath(specifier) : resolve(cwd, specifier)
  const shipped = shippedFiles().get(specifier)
  if (shipped !== undefined) return { name: specifier, url: pathToFileURL(shipped).href }
  const file = [path, ...entryFiles.map((entry) => join(path, entry))].find(isFile)
  if (file === undefined) throw isDirectory(path) ? withoutEntry(specifier, path) : missing(specifier, path)
  if (!moduleFile.test(file))
    throw new UserError(`The client "${specifier}" is no JavaScript or TypeScript module.`, {
      hint: 'A client is a file that ends in .ts, .js, .mjs, .cjs, .mts, .cts, .tsx or .jsx, or in .client.yaml for a program.',
    })
  return { name: nameOf(file, cwd), url: pathToFileURL(file).href }
}

/** Whether the module is one of ours. */
export function isShipped(url: string): boolean {
  return url.startsWith(pathToFileURL(shippedDirectory).href)
}

/** The names of the clients that come with this package, sorted. */
export function shippedClients(): string[] {
  return [...shippedFiles().keys()].toSorted()
}

/** A file is a client, and so is a folder with an index; other folders hold clients. What lies deeper supports them. */
function shippedFiles(): ReadonlyMap<string, string> {
  const files = readdirSync(shippedDirectory, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return [entry.name]
    const index = join(entry.name, 'index.ts')
    if (isFile(join(shippedDirectory, index))) return [index]
    return readdirSync(join(shippedDirectory, entry.name)).map((name) => join(entry.name, name))
  })
  const named = files.map((file) => [clientName(file), join(shippedDirectory, file)] as const)
  return new Map(named.flatMap(([name, file]) => (name === undefined ? [] : [[name, file] as const])))
}

/** `sdk` of `sdk.ts`, `resilient` of `resilient/index.ts`; a folder, a test and a declaration have none. */
function clientName(file: string): string | undefined {
  return /^([\w-]+(?:\/[\w-]+)?)\.ts$/u.exec(file.replaceAll(sep, '/'))?.[1]?.replace(/\/index$/u, '')
}

const mostLike = 3
const entryFiles = ['index.ts', 'index.js', 'index.mjs']

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Relative to the working directory, with slashes, so that a report says the same on every machine. */
function nameOf(file: string, cwd: string): string {
  const path = relative(cwd, file)
  return (path.startsWith('..') ? basename(file) : path).replaceAll(sep, '/')
}

function withoutEntry(specifier: string, path: string): UserError {
  const [first] = readdirSync(path)
    .filter((name) => moduleFile.test(name) && !name.includes('.test.'))
    .toSorted()
  return new UserError(`The client "${specifier}" is a directory without ${entryFiles.join(', ')}.`, {
    hint: `Name the file itself${first === undefined ? '' : `, such as "${specifier.replace(/[\\/]+$/u, '')}/${first}"`}.`,
  })
}

function missing(specifier: string, path: string): UserError {
  const looksLikePath = specifier.startsWith('.') || isAbsolute(specifier) || moduleFile.test(specifier)
  const what = looksLikePath
    ? `There is no client file "${specifier}" (looked for ${path}).`
    : `There is no client "${specifier}": neither a file of that name nor a shipped client.`
  const meant = looksLikePath ? nearbyFile(specifier, path) : nearestName(specifier, shippedClients())
  return new UserError(what, { hint: meant ? `Did you mean "${meant}"?` : shippedHint(specifier) })
}

function nearbyFile(specifier: string, path: string): string | undefined {
  const directory = resolve(path, '..')
  if (!existsSync(directory)) return undefined
  const file = basename(path)
  const near = nearestName(
    file,
    readdirSync(directory).filter((name) => moduleFile.test(name)),
  )
  return near && specifier.slice(0, -file.length) + near
}

/** Those to start from, those whose name has what was written in it, and how many there are besides. */
function shippedHint(written = ''): string {
  const all = shippedClients()
  const word = basename(written).replace(moduleFile, '')
  const like = word === '' ? [] : all.filter((name) => name.includes('/') && name.includes(word)).slice(0, mostLike)
  const named = [...all.filter((name) => !name.includes('/')), ...like]
  const folders = [...new Set(all.map((name) => name.split('/')[0] ?? ''))].filter((name) => !all.includes(name))
  const besides = all.length > named.length ? `, or one of ${all.length - named.length} more in ${listed(folders)}` : ''
  return `Give a file, or one of: ${named.join(', ')}${besides}.`
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
