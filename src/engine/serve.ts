// A scenario as a game day: its services on sockets of this machine, in real time. Whoever likes may call.

import type { Authority } from '#transport/authority.ts'
import { listen, type Place } from '#transport/listen.ts'
import { beginGameDay, type GameDayOptions } from './game-day.ts'
import { scheduleScript } from './script.ts'
import { apiTokensOf } from './world.ts'

export type ServeOptions = GameDayOptions & {
  readonly port: number
  /** Over HTTPS, under this word. */
  readonly authority?: Authority
}

export interface Serving {
  readonly places: readonly Place[]
  readonly tokens: Readonly<Record<string, string>>
  readonly graphToken: string
  /** Of the services of one's own, by what the scenario calls them and by workspace. */
  readonly apiTokens: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Settles when the scenario is over. */
  readonly ended: Promise<void>
  close(): Promise<void>
}

/** Throws UserError when a port is taken. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { port, authority } = options
  const { scenario, clock, world, transport } = beginGameDay(options)
  const listening = await listen({ ...transport, ...(authority && { authority }) }, port)
  scheduleScript({ clock, recorder: transport.recorder, scenario, plan: transport.plan, onPhase() {} })
  const ended = new Promise<void>((resolve) => clock.schedule(scenario.spanMs, resolve))
  const close = async (): Promise<void> => {
    clock.close()
    await listening.close()
  }
  const { tokens, graphToken } = world
  return { places: listening.places, tokens, graphToken, apiTokens: apiTokensOf(world), ended, close }
}
