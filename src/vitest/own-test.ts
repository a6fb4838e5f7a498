// A test of ours as the runner has it: a name, a timeout, a mark by which it is counted, and a failure that shows its line.

import { test, type RunnerTestCase } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { checkCircumstances, markOf, type GivenClient } from './test-case.ts'
import { Failure, inWords, placeOf } from './told.ts'

export type Case<O> = {
  readonly task: Readonly<RunnerTestCase>
  readonly scenario: string
  readonly client: GivenClient
  readonly options: O
  /** Aborted when the test takes too long. */
  readonly signal: AbortSignal
  readonly cwd: string
}

type Define<O> = (scenario: string, client: GivenClient, options?: O) => void
export type OwnTest<O> = Define<O> & { readonly only: Define<O>; readonly skip: Define<O> }

type Kind<O> = {
  nameOf(scenario: string): string
  readonly timeoutMs: number
  /** Resolves to why it failed, or to `null`. Throws UserError. */
  play(one: Case<O>): Promise<string | null>
}

export function ownTest<O extends { readonly name?: string; readonly timeout?: number }>(kind: Kind<O>): OwnTest<O> {
  return Object.assign(definer(test, kind), { only: definer(test.only, kind), skip: definer(test.skip, kind) })
}

function definer<O extends { readonly name?: string; readonly timeout?: number }>(
  register: typeof test | typeof test.only | typeof test.skip,
  kind: Kind<O>,
): Define<O> {
  const define: Define<O> = (scenario, client, given) => {
    const options = given ?? ({} as O)
    const place = placeOf(define)
    const { name = kind.nameOf(scenario), timeout = kind.timeoutMs } = options
    register(name, { timeout, meta: markOf(scenario, client) }, async ({ task, signal }) => {
      const message = await toldBy(async () => {
        checkCircumstances(task)
        return kind.play({ task, scenario, client, options, signal, cwd: process.cwd() })
      })
      if (message !== null) throw new Failure(place, message)
    })
  }
  return define
}

async function toldBy(play: () => Promise<string | null>): Promise<string | null> {
  try {
    return await play()
  } catch (error) {
    if (isUserError(error)) return inWords(error)
    throw error
  }
}
