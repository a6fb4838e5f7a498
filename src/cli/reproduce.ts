// The one command that does it again. Only what changes a verdict is in it, so the same run has the same command whatever
// directory its reports went to.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Profile } from '#history/header.ts'

export type Reproducible = {
  readonly scenario: string
  readonly client: string
  readonly seed: string
  readonly profile: Profile
  readonly dropHosts: readonly string[]
}

export function reproduceCommand(run: Reproducible, ownRepository: boolean): string {
  const words = [
    ...(ownRepository ? ['npm', 'run', 'chaos', '--'] : ['npx', 'brownout', 'run']),
    run.scenario,
    '--client',
    run.client,
    ...option('--seed', run.seed),
    ...(run.profile === 'default' ? [] : ['--profile', run.profile]),
    ...run.dropHosts.flatMap((host) => option('--drop-host', host)),
  ]
  return words.map(quoteWord).join(' ')
}

/** A value that looks like a flag must be joined to its own. */
function option(flag: string, value: string): string[] {
  return value.startsWith('-') ? [`${flag}=${value}`] : [flag, value]
}

export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
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
