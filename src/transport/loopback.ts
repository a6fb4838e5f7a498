// The loopback transport: the services on real sockets of this machine, in real time. Clients send their requests with
// whatever they like, from this process or from another; what they are told leads to 127.0.0.1, and nothing leads elsewhere.

import assert from 'node:assert/strict'
import { currentOwner } from '#context/owner.ts'
import { ClientEnds } from './client-ends.ts'
import { listen } from './listen.ts'
import { refuseForeign } from './refuse-foreign.ts'
import type { Report } from './refuse-sockets.ts'
import { traceRequests } from './tracing.ts'
import { trust } from './trust.ts'
import type { Opened, Transport, TransportOptions } from './transport.ts'

export const loopbackTransport = { kind: 'loopback', open } as const satisfies Transport

async function open(options: TransportOptions): Promise<Opened> {
  const ends = new ClientEnds()
  const { places, wire, close } = await listen(options, 0, { ends, front: options.front })
  const report: Report = (host, via) => wire.refuse(host, via, currentOwner())
  const foreign = refuseForeign(report, (socket) => ends.watch(socket))
  const stopTracing = traceRequests()
  const { authority } = options
  const stopTrusting = authority && trust(authority.ca)
  return {
    fetch: globalThis.fetch,
    ...(authority && { ca: authority.ca }),
    urlOf: (host) => {
      const place = places.find((one) => one.host === host)
      assert(place, `${host} is a simulated host.`)
      return place.url
    },
    inFlight: () => wire.open.size,
    // What a client has read of what was sent to it shows on no socket.
    unread: () => 0,
    escapes: () => wire.escapes(),
    drop: (life) => {
      for (const exchange of wire.open) if (exchange.owner?.life === life) exchange.drop()
    },
    commit: (effects) => wire.commit(effects, null),
    close: async () => {
      stopTracing()
      stopTrusting?.()
      foreign.restore()
      await close()
    },
  }
}
