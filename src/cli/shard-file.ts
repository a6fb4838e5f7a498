// What a part of a command leaves for `merge`: how its runs ended, whole, so that the reports about all parts are those that one machine would
// have written. Its form may change with every version, and only the same version reads it.

import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { UserError } from '#context/user-error.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { Part } from '#fuzz/guide.ts'
import { shippedScenarios } from '#scenario/files.ts'
import type { Asked } from './conclude.ts'
import { ownVersion } from '#context/own-version.ts'
import type { Ended } from './run-all.ts'
import type { Chosen } from './select.ts'

export const shardFile = 'shard.json'

/** Of the command as a whole; the same in each part. */
export type Whole = {
  readonly asked: Asked
  readonly seeds: readonly string[]
  readonly postmortem: boolean
  readonly scenarios: readonly Chosen[]
}
/** `index` is its place among all scenarios. */
type ShardRun = { readonly index: number; readonly folder: string; readonly result: RunResult }
export type Shard = {
  readonly version: string
  readonly part: Part
  readonly whole: Whole
  readonly runs: readonly ShardRun[]
}

export function shardText(
  { part, whole }: Pick<Shard, 'part' | 'whole'>,
  ended: readonly Ended[],
  about: { readonly cwd: string; readonly directory: string },
): string {
  const runs = ended.map(({ chosen, folder, result }) => {
    const index = whole.scenarios.indexOf(chosen)
    return { index, folder: relative(about.directory, folder).replaceAll('\\', '/'), result }
  })
  const scenarios = whole.scenarios.map((chosen) => ({ ...chosen, file: portable(chosen.file, about.cwd) }))
  const shard: Shard = { version: ownVersion(), part, whole: { ...whole, scenarios }, runs }
  return `${JSON.stringify(shard, replaced)}\n`
}

/** Throws UserError. `shown` is how the directory was typed. */
export function readShard(directory: string, shown: string, cwd: string): Shard {
  const file = join(directory, shardFile)
  const place = { file: join(shown, shardFile) }
  if (!existsSync(file))
    throw new UserError(`"${shown}" holds no part of a command: there is no ${shardFile} in it.`, {
      hint: 'Parts are written by: run ... --shard 1/4. One that was interrupted, or whose command failed, leaves none.',
    })
  const shard = parsed(readFileSync(file, 'utf8'), place.file)
  if (shard.version !== ownVersion())
    throw new UserError(`it was written by version ${shard.version}, and this is ${ownVersion()}`, {
      place,
      hint: 'Use the same version for the parts and for merge.',
    })
  const { whole } = shard
  const scenarios = whole.scenarios.map((chosen) => ({ ...chosen, file: local(chosen.file, cwd) }))
  return { ...shard, whole: { ...whole, scenarios } }
}

function parsed(text: string, file: string): Shard {
  try {
    const value = JSON.parse(text, revived) as Partial<Shard> | null
    if (value?.part && value.whole && value.runs && value.version !== undefined) return value as Shard
  } catch {
    // The sentence is the same.
  }
  throw new UserError('this was not written by `run --shard`, or not to its end', {
    place: { file },
    hint: 'Play that part again.',
  })
}

const shipped = 'shipped:'

/** The parts may have been played in other places. */
function portable(file: string, cwd: string): string {
  if (file.startsWith(shippedScenarios)) return shipped + file.slice(shippedScenarios.length)
  return relative(cwd, file).replaceAll('\\', '/')
}

function local(file: string, cwd: string): string {
  return file.startsWith(shipped) ? join(shippedScenarios, file.slice(shipped.length)) : join(cwd, file)
}

/** What JSON has no word for. */
function replaced(_: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) }
  if (!(value instanceof UserError)) return value
  const { message, place, hint, excerpt, lacks, isMachine } = value
  return { $userError: { message, place, hint, excerpt, lacks, isMachine } }
}

type Replaced = {
  readonly $number?: string
  readonly $userError?: { readonly message: string } & ConstructorParameters<typeof UserError>[1]
}

function revived(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const { $number, $userError } = value as Replaced
  if ($number !== undefined) return Number($number)
  return $userError ? new UserError($userError.message, $userError) : value
}
