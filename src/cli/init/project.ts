// What a project is like in which Brownout is to be set up: its manifest, whether it is TypeScript, and which SDK it has.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '#context/user-error.ts'
import { kindOf } from '#scenario/files.ts'
import { managerOf, type Manager } from './manager.ts'

type Manifest = {
  readonly type?: unknown
  readonly packageManager?: unknown
  readonly scripts?: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

export type Project = {
  readonly manifest: Manifest
  /** As it stands in `package.json`. */
  readonly text: string
  readonly isTypeScript: boolean
  /** Of `intercom-client`, as it is installed; `null` where it is not. */
  readonly sdk: string | null
  readonly hasBrownout: boolean
  readonly manager: Manager
}

/** Malware, by its makers' own account: it stole what it found where it was installed. */
const malicious = '7.0.4'

/** Throws UserError. */
export function learnProject(cwd: string): Project {
  const text = read(join(cwd, 'package.json'))
  if (text === undefined)
    throw new UserError('There is no package.json here.', {
      hint: 'Go to the folder of your project, or begin one with: npm init -y',
    })
  const manifest = parsed(text, 'package.json')
  const { scripts = {} } = manifest
  if (typeof scripts !== 'object' || Array.isArray(scripts))
    throw new UserError('`scripts` must be a map', {
      place: { file: 'package.json' },
      hint: 'Mend it, then run init again.',
    })
  const sdk = versionOf(cwd, 'intercom-client')
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies }
  const isWanted = wanted['intercom-client'] === malicious
  if (sdk === malicious || isWanted)
    throw new UserError(
      `intercom-client ${malicious} is ${isWanted ? 'wanted' : 'installed'} here, and that release was malware.`,
      {
        hint: 'Install 7.0.3 instead (npm install intercom-client@7.0.3), and replace every key and token that this machine had.',
      },
    )
  return {
    manifest,
    text,
    isTypeScript: 'typescript' in wanted || kindOf(join(cwd, 'tsconfig.json')) === 'file',
    sdk,
    hasBrownout: 'brownout' in wanted,
    manager: managerOf(cwd, manifest),
  }
}

/** Where Node finds it: in a workspace, that may be above. */
function versionOf(folder: string, name: string): string | null {
  const file = `node_modules/${name}/package.json`
  const text = read(join(folder, file))
  if (text === undefined) return dirname(folder) === folder ? null : versionOf(dirname(folder), name)
  const { version } = parsed(text, file) as { readonly version?: unknown }
  return typeof version === 'string' ? version : null
}

function read(file: string): string | undefined {
  return kindOf(file) === 'file' ? readFileSync(file, 'utf8').replace(/^\uFEFF/u, '') : undefined
}

function parsed(text: string, file: string): Manifest {
  try {
    const data: unknown = JSON.parse(text)
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data
  } catch {
    // The sentence is the same.
  }
  throw new UserError('this is not the manifest of a package', { place: { file }, hint: 'It must be a map in JSON.' })
}
