// The one command that does it again. Only what changes a verdict is in it, so the same run has the same command whatever
// directory its reports went to. On the screen it begins with what starts Brownout here; in files, which must be the same on
// every machine, a checkout somewhere is called `<brownout>`.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isCompiled } from '#context/own-files.ts'
import { quoteWord } from '#context/shell-word.ts'
import type { Profile } from '#history/header.ts'

export type Reproducible = {
  readonly scenario: string
  readonly client: string
  readonly seed: string
  readonly profile: Profile
  readonly dropHosts: readonly string[]
  /** On real sockets, with this time scale; in virtual time without. */
  readonly loopback?: { readonly scale: number | 'auto'; readonly https?: boolean }
  /** A config decides things here, and all that it decided is in this. */
  readonly isConfigured?: boolean
}

/** How Brownout is started: by who types it in this directory, and by who reads of it elsewhere. */
export type Start = { readonly here: string; readonly anywhere: string }

const entry = fileURLToPath(new URL('brownout.js', import.meta.url))

/** `npx` finds what is installed above the working directory, and would ask the registry for anything else. */
export function startFrom(cwd: string): Start {
  if (isOwnRepository(cwd)) return { here: 'npm run chaos --', anywhere: 'npm run chaos --' }
  // What is compiled was installed somewhere: for all directories, or for this one command.
  if (isCompiled || isInstalledAbove(cwd)) return { here: 'npx brownout', anywhere: 'npx brownout' }
  const path = relative(cwd, entry)
  const typed = path.length < entry.length ? path : entry
  return { here: `node ${quoteWord(typed)}`, anywhere: 'node <brownout>/src/cli/brownout.js' }
}

function isInstalledAbove(cwd: string): boolean {
  for (let directory = cwd; ; directory = dirname(directory)) {
    const modules = join(directory, 'node_modules')
    if (['brownout', '.bin/brownout'].some((name) => existsSync(join(modules, name)))) return true
    if (directory === dirname(directory)) return false
  }
}

/** `start` is one of the two words of a `Start`. */
export function reproduceCommand(run: Reproducible, start: string): string {
  const words = [
    ...(start.startsWith('npm ') ? [] : ['run']),
    run.scenario,
    '--client',
    run.client,
    ...option('--seed', run.seed),
    ...(run.profile === 'default' ? [] : ['--profile', run.profile]),
    ...run.dropHosts.flatMap((host) => option('--drop-host', host)),
    ...(run.loopback ? ['--transport', 'loopback', '--time-scale', String(run.loopback.scale)] : []),
    ...(run.loopback?.https ? ['--https'] : []),
    ...(run.isConfigured ? ['--no-config'] : []),
  ]
  return [start, ...words.map(quoteWord)].join(' ')
}

/** A value that looks like a flag must be joined to its own. */
function option(flag: string, value: string): string[] {
  return value.startsWith('-') ? [`${flag}=${value}`] : [flag, value]
}

/** Whether the working directory is a checkout of this project. */
export function isOwnRepository(cwd: string): boolean {
  try {
    const text: unknown = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))
    return typeof text === 'object' && text !== null && 'name' in text && text.name === 'brownout'
  } catch {
    return false
  }
}
