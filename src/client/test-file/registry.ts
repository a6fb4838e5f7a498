// The clients that a test file gives to `scenarioTest` and `fuzzTest`, in the order in which they stand there. A test file that is loaded in a
// cell only says them: the cell plays the one that is meant, and no test runs there.

import { UserError } from '#context/user-error.ts'

/** Which client of a test file is meant: that of the test `nth`, and what both must find there. */
export type Registered = { readonly nth: number; readonly scenario: string; readonly client: string }

type Entry = { readonly scenario: string; readonly client: unknown }

let entries: Entry[] = []
let problem: string | undefined

export function forgetRegistered(): void {
  entries = []
  problem = undefined
}

/** Clients that are named by a path have a place among the others, and are loaded from there. */
export function register(scenario: string, client: unknown): void {
  entries.push({ scenario, client })
}

/** What would make the order of tests another one here than where they run. */
export function disorder(why: string): void {
  problem ??= why
}

/** Throws UserError when the file says something else here than where its tests run. */
export function registeredClient({ nth, scenario, client }: Registered, file: string): unknown {
  if (problem !== undefined) throw new UserError(`${file} cannot be loaded for its client alone: ${problem}`, { hint })
  const entry = entries[nth]
  if (entry?.scenario === scenario && nameOf(entry.client) === client) return entry.client
  const found = entry ? `${entry.scenario} with ${nameOf(entry.client)}` : 'nothing'
  throw new UserError(
    `Test ${nth + 1} of ${file} is ${scenario} with ${client}, and where the client runs it is ${found}.`,
    {
      hint,
    },
  )
}

const hint =
  'A test file is loaded once more in the process of its client, where tests, hooks and variables of the environment are missing. Put the client into a file of its own, and name it: scenarioTest(scenario, "./desk.ts").'

export function nameOf(client: unknown): string {
  const name = typeof client === 'object' && client !== null && 'name' in client ? client.name : client
  return typeof name === 'string' ? name : 'no client'
}
