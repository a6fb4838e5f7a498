// A scenario as MSW request handlers: what a project's own tests, or its own application in a browser, meet in place of Intercom.

import type { RequestHandler } from 'msw'
import { isUserError, UserError } from '#context/user-error.ts'
import { beginGameDay, whereToBegin } from '#engine/game-day.ts'
import type { HistoryEvent } from '#history/event.ts'
import { apiTokensOf } from '#engine/world.ts'
import { compress } from '#scenario/compress.ts'
import { parseScenario } from '#scenario/parse.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { mount } from '#transport/mount.ts'
import { checkOptions } from './check-options.ts'

export type IncidentOptions = {
  /** A phase of the scenario (`outage`) or a time as it stands in the file (`11:14Z`), at which it is now. Default: a minute before
   * the first fault. */
  readonly from?: string
  /** Everything that is drawn follows from it. Default: `1`. */
  readonly seed?: string
  /** The timeline is divided by this, 1 to 1,000. Delays, limits and `Retry-After` stay what they are. Default: 1. */
  readonly timeScale?: number
  /** Told of each exchange, fault and change, as a history has them. */
  readonly onEvent?: (event: HistoryEvent) => void
}

export interface Incident {
  /** For `setupServer` or `setupWorker`, one for each service: the API, the status page, the media of WhatsApp. */
  readonly handlers: readonly RequestHandler[]
  /** By workspace of the scenario, the token that its API accepts. */
  readonly tokens: Readonly<Record<string, string>>
  /** Those that the services of one's own accept, by what the scenario calls them and by workspace. */
  readonly apiTokens: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** The token that the Graph API accepts, from which media come. */
  readonly graphToken: string
  /** The phase it is in. Before the first of the scenario: `baseline`. */
  readonly phase: string
  /** What is under way ends as if the network had gone, and the handlers answer nothing any more. */
  close(): void
}

const mostTimeScale = 1_000

/** For whoever reads the error of a test, or the console of a browser: all that there is to say is in the message. */
export function inWords<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw isUserError(error) ? new Error(String(error), { cause: error }) : error
  }
}

/** Whatever JavaScript passes for it. Throws a UserError. */
export function readText(source: unknown): Scenario {
  const text: unknown = (source as { readonly text?: unknown } | null)?.text
  if (typeof text === 'string') return parseScenario(text, 'scenario.yaml')
  throw new UserError('A scenario is a name, a path, or { text } with what is in its file.')
}

/** It is in progress from now on, in real time. Throws a UserError. */
export function mountIncident(written: Scenario, options: IncidentOptions = {}): Incident {
  checkOptions(options)
  const { from, seed = '1', timeScale = 1, onEvent = () => undefined } = options
  if (!(timeScale >= 1 && timeScale <= mostTimeScale))
    throw new UserError(`timeScale: ${timeScale} is not a number from 1 to ${mostTimeScale}.`)
  const fromMs = whereToBegin(written, from, 'from:') / timeScale
  const { scenario, clock, world, transport } = beginGameDay({
    scenario: compress(written, timeScale),
    seed,
    fromMs,
    onEvent,
  })
  const mounted = mount(transport)
  return {
    handlers: mounted.handlers,
    tokens: world.tokens,
    apiTokens: apiTokensOf(world),
    graphToken: world.graphToken,
    get phase() {
      const now = clock.now()
      return scenario.phases.findLast(({ at }) => at <= now)?.name ?? 'baseline'
    },
    close() {
      mounted.close()
      clock.close()
    },
  }
}
