// Where the simulated services are to be reached: by this machine alone, or by the containers of the run as well.

import type { ClientLocation } from '#client/resolve-client.ts'
import { ownLodging } from '#client/driver/roster.ts'
import type { Front } from '#transport/transport.ts'

/** For a client in a container; `undefined` for one on this machine. */
export async function frontFor(client: ClientLocation): Promise<Front | undefined> {
  if (!('container' in client)) return undefined
  const { reach, hostName } = await ownLodging()
  return { address: reach.address, name: hostName }
}
