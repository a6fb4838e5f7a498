// A test of ours while it runs: which client it is about, whether it can be played here and now, and where its reports go. The client
// of a test file is code of that file, and clients are played in processes of their own: there the file is loaded once more, and the
// client taken that this test was given. So the tests of a file are counted, here as well as there.

import { createHash } from 'node:crypto'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { vi, type RunnerTask, type RunnerTestCase } from 'vitest'
import { UserError } from '#context/user-error.ts'
import { quoteWord } from '#context/shell-word.ts'
import type { ClientDefinition } from '#client/client.ts'
import type { ClientLocation } from '#client/resolve-client.ts'
import { nameOf } from '#client/test-file/registry.ts'
import { everyClient, locateNamed, type NamedClient } from '#config/clients.ts'
import { locateClient } from '#scenario/client-file.ts'
import { locateRows, type ScenarioRow } from '#scenario/locate.ts'
import type { Project } from './project.ts'

/** A client of the test file, or one that it imports; its file, by a path from the test file; or a name: one of the config's, or a shipped client's. */
export type GivenClient = ClientDefinition | string

/** What a test of ours is, for whoever counts them. */
export type Mark = { readonly scenario: string; readonly client: string }

declare module 'vitest' {
  interface TaskMeta {
    brownout?: Mark
  }
}

export function markOf(scenario: string, client: GivenClient): { readonly brownout: Mark } {
  return { brownout: { scenario, client: nameOf(client) } }
}

/** A crowd of runs would judge this machine, and the watch over a client needs a clock that goes. Throws UserError. */
export function checkCircumstances(task: RunnerTestCase): void {
  if (task.concurrent)
    throw new UserError(
      `"${task.name}" is a concurrent test, and runs of clients are not: each takes the processors of this machine.`,
      {
        hint: 'Take it out of describe.concurrent, and out of `sequence.concurrent`. Files run beside each other all the same.',
      },
    )
  if (vi.isFakeTimers())
    throw new UserError(`"${task.name}" begins with fake timers on, and the watch over the client needs real ones.`, {
      hint: 'Call vi.useRealTimers() before it. The client has a virtual clock of its own.',
    })
}

export function clientOf(task: RunnerTestCase, given: GivenClient, { clients, cwd }: Project): ClientLocation {
  const file = task.file.filepath
  if (typeof given === 'string') {
    if (/^\.{1,2}[\\/]/u.test(given)) return locateClient(resolve(dirname(file), given), cwd)
    if (given === everyClient && clients.length > 0) throw several(given, clients)
    return locateNamed(given, clients, cwd)
  }
  const own = testsOf(task.file)
  const { brownout } = task.meta
  if (!brownout) throw new Error('A test without a mark was asked for its client.')
  return {
    name: relative(cwd, file).replaceAll('\\', '/'),
    url: pathToFileURL(file).href,
    registered: { nth: own.indexOf(task), ...brownout },
  }
}

function several(given: string, clients: readonly NamedClient[]): UserError {
  return new UserError(`"${given}" is ${clients.length} clients, and a test plays one.`, {
    hint: `Give each its test: for (const client of ['${clients[0]?.name}', ...]) scenarioTest(scenario, client)`,
  })
}

/** In the order in which they stand in the file, which is the one in which they are said when it is loaded for a client. */
function testsOf(task: RunnerTask): readonly RunnerTask[] {
  if (task.type !== 'test') return task.tasks.flatMap(testsOf)
  return task.meta.brownout ? [task] : []
}

/** Throws UserError unless the word means one. */
export function scenarioOf(word: string, task: RunnerTestCase, cwd: string): ScenarioRow {
  const path = /^\.{1,2}[\\/]/u.test(word) ? resolve(dirname(task.file.filepath), word) : word
  const [found, ...others] = locateRows(path, cwd)
  if (found && others.length === 0) return found
  const names = [found, ...others].map((one) => one?.name)
  throw new UserError(`"${word}" is ${names.length} scenarios, and a test plays one.`, {
    hint: `Give each its test: for (const scenario of ['${names[0]}', ...]) scenarioTest(scenario, client)`,
  })
}

/** Names of tests may be anything, and two of a file may have the same. */
export function folderOf(task: RunnerTestCase, directory: string, cwd: string): string {
  const path = shownPath(dirname(task.file.filepath), basename(task.file.filepath), cwd)
  const title = titleOf(task)
  const nth = testsOf(task.file)
    .filter((one) => titleOf(one) === title)
    .indexOf(task)
  const whole = nth > 0 ? `${title} ${nth + 1}` : title
  const plain = whole
    .replaceAll(/[^\w.-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/gu, '')
    .slice(0, 80)
  const mark = createHash('sha256').update(whole).digest('hex').slice(0, 6)
  const file = path.startsWith('..') ? basename(path) : path
  return resolve(cwd, directory, file, plain === whole ? plain : [plain, mark].filter((part) => part !== '').join('-'))
}

function titleOf(task: RunnerTask): string {
  return task.suite ? `${titleOf(task.suite)} ${task.name}` : task.name
}

/** What to type to run this test alone. The runner takes the title as a pattern. */
export function againOf(task: RunnerTestCase, cwd: string): string {
  const path = shownPath(dirname(task.file.filepath), basename(task.file.filepath), cwd)
  const pattern = titleOf(task).replaceAll(/[*+?^${}()|[\]\\]/gu, String.raw`\$&`)
  return `npx vitest run ${quoteWord(path)} -t ${quoteWord(pattern)}`
}

export function shownPath(folder: string, file: string, cwd: string): string {
  return relative(cwd, join(folder, file)).replaceAll('\\', '/')
}
