// A module of the user that defines a service, as the data that it exports. It is code of somebody else, read in a process of its own:
// nothing of it stays, however it ends, and whoever asks gets an answer at once.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { limits } from '#context/limits.ts'
import { ownModule } from '#context/own-files.ts'
import { UserError, type Place } from '#context/user-error.ts'

/** Where it says what it has read. */
export const answerDescriptor = 3

export type DefinitionAnswer = (
  | { readonly data: unknown }
  | { readonly problem: { readonly message: string; readonly place?: Place; readonly hint?: string } }
) & {
  /** Of the user, as far as it got: the module, and what it imports. Absolute. */
  readonly files: readonly string[]
}

const hint = 'It is data: write `export default defineService({ ... })`, and nothing that waits or ends the process.'

/** `name` is what messages call it; `note` hears which files it is made of. Throws a UserError. */
export function readDefinitionModule(
  file: string,
  name: string,
  note: (files: readonly string[]) => void = () => {},
): unknown {
  const main = fileURLToPath(ownModule('client/definition-main'))
  const flags = ['--disable-warning=ExperimentalWarning', main, file, name]
  const { output, error } = spawnSync(process.execPath, flags, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    timeout: limits.loadWallMs,
    maxBuffer: limits.scenarioCharacters * 10,
    killSignal: 'SIGKILL',
  })
  const answer = answerIn(String(output?.[answerDescriptor] ?? ''))
  if (answer === undefined) {
    const seconds = limits.loadWallMs / 1_000
    const overdue = (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT'
    const why = overdue ? `it did not end within ${seconds} s` : 'it ended the process'
    throw new UserError(`The service ${name} could not be loaded: ${why}.`, { hint })
  }
  note(answer.files)
  if ('data' in answer) return answer.data
  const { message, place, hint: more } = answer.problem
  throw new UserError(message, { ...(place && { place }), ...(more !== undefined && { hint: more }) })
}

function answerIn(text: string): DefinitionAnswer | undefined {
  try {
    return JSON.parse(text) as DefinitionAnswer
  } catch {
    return undefined
  }
}
