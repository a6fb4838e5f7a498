// The style and the architecture, as a test. Goal: whoever breaks a layer, grows a file, or leaves something behind learns it
// here, with the name of the file. Method: read the sources as text; no compiler needed.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { oracles } from '#oracle/catalog.ts'
import { faultKinds } from '#fault/catalog.ts'

const root = join(import.meta.dirname, '..')

/** A file may import from its own folder and from folders of rows above; folders of one row do not know each other. */
const layers: readonly (readonly string[])[] = [
  ['context'],
  ['clock', 'random'],
  ['history', 'container'],
  ['fault', 'server', 'oracle'],
  ['client', 'scene'],
  ['scenario', 'transport'],
  ['engine', 'config'],
  ['fuzz', 'import', 'report'],
  ['vitest', 'msw', 'cli'],
]

/** One dependency, one folder. `zod` describes data in several. */
const owners: Readonly<Record<string, readonly string[]>> = {
  'pure-rand': ['random'],
  'fast-check': ['fuzz'],
  'fastest-levenshtein': ['context'],
  zod: ['history', 'fault', 'scenario', 'report', 'config'],
  yaml: ['scenario'],
  msw: ['transport', 'msw'],
  '@noble/hashes': ['server'],
  '@peculiar/x509': ['transport'],
  'reflect-metadata': ['transport'],
  tsx: ['client'],
  testcontainers: ['container'],
  'tar-fs': ['container'],
  '@balena/dockerignore': ['container'],
  commander: ['cli'],
  vitest: ['vitest'],
  'fast-xml-parser': ['report'],
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]))
}

const sources = walk(join(root, 'src')).filter((file) => /\.(ts|js)$/u.test(file))
const product = sources.filter((file) => !/\.test(-d)?\.ts$/u.test(file))
const folderOf = (file: string) => relative(join(root, 'src'), file).split('/')[0] ?? ''
const textOf = (file: string) => readFileSync(file, 'utf8')

function importsOf(file: string): string[] {
  return Array.from(textOf(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/gu), (match) => match[1] ?? '')
}

function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
}

test('every folder of src has its place in the layer table and the table has no stale row', () => {
  const folders = new Set(sources.map(folderOf).filter((folder) => !folder.includes('.')))
  expect([...folders].toSorted()).toEqual(layers.flat().toSorted())
})

test('a file imports only from its own folder and from layers below it', () => {
  const rank = (folder: string) => layers.findIndex((row) => row.includes(folder))
  const wrong = product.flatMap((file) => {
    const folder = folderOf(file)
    if (folder.includes('.')) return []
    return importsOf(file)
      .filter((specifier) => specifier.startsWith('#') || specifier.startsWith('../'))
      .filter((specifier) => {
        const target = specifier.startsWith('#')
          ? (specifier.slice(1).split('/')[0] ?? '')
          : folderOf(join(file, '..', specifier))
        return target !== folder && rank(target) >= rank(folder)
      })
      .map((specifier) => `${relative(root, file)} imports ${specifier}`)
  })
  expect(wrong).toEqual([])
})

test('each dependency is imported from the folders that own it, and every owner uses it', () => {
  const uses = product.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !/^[#.]|^node:|^brownout$/u.test(specifier))
      .map((specifier) => ({ file: relative(root, file), folder: folderOf(file), name: packageOf(specifier) })),
  )
  const foreign = uses.filter(({ name, folder }) => owners[name] && !owners[name].includes(folder))
  const stale = Object.entries(owners).flatMap(([name, folders]) =>
    folders
      .filter((folder) => !uses.some((use) => use.name === name && use.folder === folder))
      .map((folder) => `${folder} no longer uses ${name}`),
  )
  expect(foreign).toEqual([])
  expect(stale).toEqual([])
})

test('no source file is longer than 300 lines and half of them are shorter than 100', () => {
  const lengths = product.map((file) => ({ file: relative(root, file), lines: textOf(file).split('\n').length - 1 }))
  expect(lengths.filter(({ lines }) => lines > 300)).toEqual([])
  const sorted = lengths.map(({ lines }) => lines).toSorted((one, other) => one - other)
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100)
})

test('every source file opens with a comment that says what it is', () => {
  const bare = product
    .filter((file) => !/^(#!.*\n)?(\/\/ |\/\*)/u.test(textOf(file)))
    .map((file) => relative(root, file))
  expect(bare).toEqual([])
})

test.for([
  ['an oracle', 'oracle', () => [...oracles.keys()]],
  ['a fault kind', 'fault', () => [...faultKinds.keys()]],
] as const)('%s of the catalogue has a file and a test of its name', ([, folder, names]) => {
  const missing = names().flatMap((name) =>
    [`${name}.ts`, `${name}.test.ts`].filter((file) => !existsSync(join(root, 'src', folder, file))),
  )
  expect(missing).toEqual([])
})

test('nothing unfinished is left behind', () => {
  const marks = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X\\b|Not written', ' yet|\\.only\\('].join(''), 'u')
  const left = sources.filter((file) => marks.test(textOf(file))).map((file) => relative(root, file))
  expect(left).toEqual([])
})

test('no folder is called utils, helpers, common or lib', () => {
  const named = walk(join(root, 'src')).filter((file) => /\/(utils?|helpers?|common|lib)\//u.test(file))
  expect(named).toEqual([])
})

test('versions are pinned exactly and the malicious release of intercom-client is out of reach', () => {
  const manifest = JSON.parse(textOf(join(root, 'package.json'))) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >
  const all = { ...manifest.dependencies, ...manifest.devDependencies }
  expect(Object.entries(all).filter(([, version]) => !/^(?:npm:[\w-]+@)?\d+\.\d+\.\d+$/u.test(version))).toEqual([])
  expect(all['intercom-client']).toBe('7.0.3')
  const lock = JSON.parse(textOf(join(root, 'package-lock.json'))) as {
    packages: Record<string, { integrity?: string }>
  }
  expect(lock.packages['node_modules/intercom-client']?.integrity).toBe(
    'sha512-2rsNxBNqDqA0rZ0E/VsWa+/Ao+/nOxKNj9P7gUiQoOGY88eULTJUNtT9oNnT4Dq2+6dr0vvvo+I8ZNzN30Xj7A==',
  )
  // A lockfile written where a registry lacks a platform's binary has an entry without a version, and npm ci refuses it.
  const holes = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && entry.integrity === undefined)
  expect(holes.map(([path]) => path)).toEqual([])
})

test('scenario files are at most 300 lines', () => {
  const long = walk(join(root, 'scenarios')).filter(
    (file) => statSync(file).isFile() && textOf(file).split('\n').length > 300,
  )
  expect(long).toEqual([])
})
