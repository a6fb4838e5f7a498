// Asks the client again and again how it is, as a monitor would, and records what it says.

import { limits } from '#context/limits.ts'
import type { Clock } from '#clock/clock.ts'
import type { Unstamped } from '#history/event.ts'
import type { Recorder } from '#history/recorder.ts'
import { errorFacts, shortened } from './error-facts.ts'
import type { Instance } from './instance.ts'
import { every } from './script.ts'
import { within, type Answer } from './within.ts'

type Parts = {
  readonly clock: Clock
  readonly recorder: Recorder
  readonly spanMs: number
  readonly instances: readonly Instance[]
  readonly everyMs: number
}

type Said = Pick<Extract<Unstamped, { kind: 'health.reported' }>, 'status' | 'problem' | 'cause' | 'why'>

export function scheduleHealth({ clock, recorder, spanMs, instances, everyMs }: Parts): void {
  every(clock, everyMs, spanMs, (nth) => {
    for (const instance of instances) {
      const { alive, index } = instance
      const owner = instance.background('health', nth)
      const health = alive?.client.health
      if (!alive || !owner || !health) continue
      void within(clock, limits.healthMs, owner, () => health.call(alive.client)).then((answer) => {
        if (!alive.life.over) recorder.record({ kind: 'health.reported', instance: index, ...reportIn(answer) })
      })
    }
  })
}

/** Whatever the client hands over, even an object whose fields throw, is some report. */
export function reportIn(answer: Answer): Said {
  if (answer.kind === 'overdue') return unknown(`no answer within ${limits.healthMs / 1_000} s`)
  if (answer.kind === 'failed') {
    const { name, message } = errorFacts(answer.error)
    return unknown(shortened(`${name}: ${message}`))
  }
  try {
    return read(answer.value)
  } catch (error) {
    return unknown(errorFacts(error).message)
  }
}

function read(value: unknown): Said {
  const report = fieldOf(fieldOf(value, 'services'), 'intercom')
  const status = oneOf(fieldOf(report, 'status'), ['ok', 'degraded', 'down'])
  if (status === null) return unknown('not a report: services.intercom.status is not ok, degraded or down')
  const cause = fieldOf(report, 'cause')
  const why = fieldOf(report, 'why')
  return {
    status,
    problem: oneOf(fieldOf(report, 'problem'), ['theirs', 'ours']),
    cause: typeof cause === 'string' ? shortened(cause) : null,
    why: typeof why === 'string' ? shortened(why) : '',
  }
}

function unknown(why: string): Said {
  return { status: 'unknown', problem: null, cause: null, why }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function oneOf<const T extends string>(value: unknown, known: readonly T[]): T | null {
  return known.find((one) => one === value) ?? null
}
