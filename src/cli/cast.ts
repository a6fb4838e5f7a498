// Who plays which scenario, and how: what holds for the command, and what a config says of single scenarios.

import { prepareClient } from '#client/driver/prepare.ts'
import { isDriver, type ClientLocation } from '#client/resolve-client.ts'
import { UserError } from '#context/user-error.ts'
import type { Configured } from './config/configured.ts'
import type { RunFlags } from './flags.ts'
import { isOwnRepository } from './reproduce.ts'
import type { Cast } from './run-all.ts'
import { checkTimeScale, chooseClient, seedsFrom, typedClient, type Chosen } from './select.ts'

/** Each scenario for each client that is wanted. One whose client the config names is played by that one only. */
export function rowsFor(
  scenarios: readonly Chosen[],
  { ownOf, everyClient }: Configured,
  cwd: string,
): readonly Chosen[] {
  const rows = scenarios.map((chosen) => {
    const { client, ...own } = ownOf(chosen.name)
    const typed = client === undefined ? {} : { client: typedClient(chooseClient(client, cwd, false), cwd) }
    return client === undefined && Object.keys(own).length === 0 ? chosen : { ...chosen, own: { ...own, ...typed } }
  })
  if (everyClient.length === 0) return rows
  return [
    ...rows.filter(({ own }) => own?.client !== undefined),
    ...everyClient.flatMap(({ name, typed }) => {
      const client = typedClient(chooseClient(typed, cwd, false), cwd)
      return rows
        .filter(({ own }) => own?.client === undefined)
        .map((row) => ({ ...row, own: { ...row.own, client }, folder: name }))
    }),
  ]
}

/** Throws UserError. */
export function castFor(
  rows: readonly Chosen[],
  flags: RunFlags,
  count: number,
  cwd: string,
): (chosen: Chosen) => Cast {
  const known = new Map<string | undefined, Pick<Cast, 'client' | 'loopback'>>()
  const playedBy = (wanted: string | undefined): Pick<Cast, 'client' | 'loopback'> => {
    const found = known.get(wanted)
    if (found) return found
    const client = chooseClient(wanted ?? flags.client, cwd, isOwnRepository(cwd))
    const loopback = loopbackOf(flags, client)
    const played = { client, ...(loopback && { loopback }) }
    known.set(wanted, played)
    return played
  }
  const cast = new Map(
    rows.map((row) => {
      const { client, seed = flags.seed, profile = flags.profile } = row.own ?? {}
      return [row, { ...playedBy(client), seeds: seedsFrom(seed, count), profile }]
    }),
  )
  return (chosen) => cast.get(chosen) ?? absent(chosen)
}

function absent({ name }: Chosen): never {
  throw new Error(`Nobody plays ${name}.`)
}

/** The same with every client ready to be played: each once, whoever needs it. Throws UserError. */
export async function prepared(
  rows: readonly Chosen[],
  castOf: (chosen: Chosen) => Cast,
): Promise<(chosen: Chosen) => Cast> {
  const ready = new Map<ClientLocation, ClientLocation>()
  for (const row of rows) {
    const { client } = castOf(row)
    if (!ready.has(client)) ready.set(client, await prepareClient(client))
  }
  return (chosen) => {
    const cast = castOf(chosen)
    return { ...cast, client: ready.get(cast.client) ?? cast.client }
  }
}

/** A program runs in real time, whatever else is wanted. */
function loopbackOf({ transport, timeScale, https, ifReal = [] }: RunFlags, client: ClientLocation): Cast['loopback'] {
  const scale = checkTimeScale(timeScale)
  if (transport === 'loopback' || (transport === undefined && isDriver(client))) return { scale, https }
  if (https && !ifReal.includes('https'))
    throw new UserError('--https is for real sockets: in virtual time every address begins with https.', {
      hint: 'Add --transport loopback.',
    })
  if (scale === 'auto' || ifReal.includes('timeScale')) return undefined
  throw new UserError('--time-scale is for real time only.', { hint: 'Add --transport loopback.' })
}
