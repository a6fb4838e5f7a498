// The conformance suite for drivers: starts one, goes through the checks, and tells of each. What is left of it goes.

import { limits } from '#context/limits.ts'
import { isUserError } from '#context/user-error.ts'
import { withinReal } from '#clock/real-wait.ts'
import { endDrivers } from '#client/driver/roster.ts'
import type { DriverLocation } from '#client/resolve-client.ts'
import { createAuthority } from '#transport/authority.ts'
import { errorFacts } from '../error-facts.ts'
import { checks, type Check } from './checks.ts'
import { frontFor } from '../front.ts'
import { openRedis } from '../redis/open.ts'
import { openStub } from './stub.ts'
import { openTrial, type Trial } from './trial.ts'

export type Checked = {
  readonly name: string
  readonly verdict: 'pass' | 'fail' | 'skipped'
  readonly told: string
  /** Where it failed. */
  readonly todo?: string
}

/** Over HTTPS when the client says `https: true`. Throws UserError when the driver does not start at all. */
export async function checkDriver(
  given: DriverLocation,
  onChecked: (checked: Checked) => void = () => {},
): Promise<readonly Checked[]> {
  const front = await frontFor(given)
  const authority = given.https === true ? await createAuthority() : undefined
  const stub = await openStub(front, authority)
  const location: DriverLocation = authority ? { ...given, ca: authority.ca } : given
  const all: Checked[] = []
  const tell = (checked: Checked): void => {
    all.push(checked)
    onChecked(checked)
  }
  try {
    const redis = await openRedis(location, undefined, front)
    const services = redis ? { redis: redis.url } : {}
    // Whoever does not answer hello is told so first, with what it printed.
    const startMs = limits.driverStartMs + 2_000
    const trial = await withinReal(startMs, () => openTrial(location, stub, { services, ca: authority?.ca })).catch(
      (error: unknown) => {
        if (isUserError(error)) throw error
        return error as Error
      },
    )
    tell(started(trial))
    if (trial === 'overdue' || trial instanceof Error) return all
    for (const check of checks) tell(await lookAt(check, trial))
    return all
  } finally {
    await stub.close()
    await endDrivers()
  }
}

function started(trial: Trial | 'overdue' | Error): Checked {
  const name = 'it says hello and creates its client'
  const todo = 'Answer create with {"id": ..., "value": {"operations": [...], "actions": [...], "offers": [...]}}.'
  if (trial === 'overdue')
    return { name, verdict: 'fail', told: `create was not answered within ${limits.driverStartMs / 1_000} s`, todo }
  if (trial instanceof Error) return { name, verdict: 'fail', told: wordsOf(trial), todo }
  return { name, verdict: 'pass', told: `${trial.definition.name}, ${trial.operations.length} operations` }
}

async function lookAt({ name, look, todo }: Check, trial: Trial): Promise<Checked> {
  const failure = trial.failure()
  if (failure) return { name, verdict: 'skipped', told: `the driver is gone: ${wordsOf(failure)}` }
  try {
    const told = await withinReal(limits.conformanceMs, () => Promise.race([look(trial), trial.gone]))
    const late = trial.failure()
    if (late || told instanceof Error) return { name, verdict: 'fail', told: wordsOf(late ?? told), todo }
    if (told === 'overdue')
      return { name, verdict: 'fail', told: `nothing within ${limits.conformanceMs / 1_000} s`, todo }
    return typeof told === 'string' ? { name, verdict: 'pass', told } : { name, verdict: 'skipped', told: told.skipped }
  } catch (error) {
    return { name, verdict: 'fail', told: wordsOf(error), todo }
  }
}

function wordsOf(error: unknown): string {
  const { name, message } = errorFacts(error)
  return name === 'Error' ? message : `${name}: ${message}`
}
