// Which package manager a project has, and what it types to install what its lock file says, and to start a script or a command.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { kindOf } from '#scenario/files.ts'

export type Manager = {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun'
  /** As the lock file has it, in CI. */
  readonly install: string
  /** What makes the manager itself be there: commands, where Node is. */
  readonly setup: readonly string[]
  /** The same as steps of a workflow of GitHub, before Node is set up. */
  readonly steps: readonly string[]
  readonly run: string
  /** Before what is for the script. */
  readonly runWith: string
  readonly exec: string
}

const locks = [
  ['pnpm', 'pnpm-lock.yaml'],
  ['yarn', 'yarn.lock'],
  ['bun', 'bun.lock'],
  ['bun', 'bun.lockb'],
  ['npm', 'package-lock.json'],
  ['npm', 'npm-shrinkwrap.json'],
] as const

/** `packageManager` of the manifest says it, or the nearest lock file: in a workspace, that is above. */
export function managerOf(cwd: string, manifest: { readonly packageManager?: unknown }): Manager {
  const said = typeof manifest.packageManager === 'string' ? manifest.packageManager : ''
  const [, name] = /^(npm|pnpm|yarn|bun)(?:@|$)/u.exec(said) ?? []
  const lock = lockAbove(cwd)
  switch (name ?? lock?.name) {
    case 'pnpm':
      return pnpm(said !== '')
    case 'yarn':
      return said.startsWith('yarn@1.') || (said === '' && isClassic(lock?.file)) ? yarnClassic : yarn
    case 'bun':
      return bun
    default:
      return npm
  }
}

function lockAbove(cwd: string): { readonly name: Manager['name']; readonly file: string } | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const found = locks.find(([, file]) => kindOf(join(folder, file)) === 'file')
    if (found) return { name: found[0], file: join(folder, found[1]) }
    if (kindOf(join(folder, '.git')) !== 'nothing' || folder === dirname(folder)) return undefined
  }
}

function isClassic(lock: string | undefined): boolean {
  return lock?.endsWith('yarn.lock') === true && readFileSync(lock, 'utf8').includes('# yarn lockfile v1')
}

const npm: Manager = {
  name: 'npm',
  install: 'npm ci',
  setup: [],
  steps: [],
  run: 'npm run chaos',
  runWith: 'npm run chaos --',
  exec: 'npx brownout',
}

/** Which version it is says `packageManager`, where that is there: two that say it would have to agree. */
function pnpm(isSaid: boolean): Manager {
  return {
    name: 'pnpm',
    install: 'pnpm install --frozen-lockfile',
    setup: ['corepack enable'],
    steps: ['- uses: pnpm/action-setup@v4', ...(isSaid ? [] : ['  with: { version: 10 }'])],
    run: 'pnpm run chaos',
    runWith: 'pnpm run chaos',
    exec: 'pnpm exec brownout',
  }
}

const yarn: Manager = {
  name: 'yarn',
  install: 'yarn install --immutable',
  setup: ['corepack enable'],
  steps: ['- run: corepack enable'],
  run: 'yarn run chaos',
  runWith: 'yarn run chaos',
  exec: 'yarn run brownout',
}

/** Runners and images have it. */
const yarnClassic: Manager = { ...yarn, install: 'yarn install --frozen-lockfile', setup: [], steps: [] }

const bun: Manager = {
  name: 'bun',
  install: 'bun install --frozen-lockfile',
  setup: ['npm install --global bun'],
  steps: ['- uses: oven-sh/setup-bun@v2'],
  run: 'bun run chaos',
  runWith: 'bun run chaos',
  exec: 'bunx brownout',
}
