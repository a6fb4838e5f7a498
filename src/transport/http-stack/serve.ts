// One request that has come in over a connection, and its answer on the way back.

import type { IncomingMessage, ServerResponse } from 'node:http'

import { isDead } from '#context/owner.ts'
import type { Caller } from '../exchange.ts'
import type { Patience } from '../network-error.ts'
import { send } from '../send.ts'
import type { Wire } from '../wire.ts'
import type { Asker } from './asker.ts'
import type { Connection } from './connection.ts'
import { incomingBody } from '../incoming-body.ts'
import { incomingRequest } from '../incoming-request.ts'
import { relay, tell } from '../outgoing-response.ts'

export async function serve(
  wire: Wire,
  connection: Connection,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  patience: Patience,
): Promise<void> {
  const { asker } = connection
  const body = await incomingBody(incoming)
  // What a process that has died had still to say was never sent.
  if (body === undefined || wire.closed || isDead(asker.owner)) return
  const received = incomingRequest(connection.to.origin, incoming, body)
  if (!received) {
    connection.happens((socket) => socket.established())
    outgoing.sendDate = false
    outgoing.writeHead(400).end()
    return
  }
  const exchange = send(
    wire,
    callerOf(connection, asker, outgoing, patience),
    connection.to.handler,
    received.asked,
    received.request,
    undefined,
  )
  connection.carry(exchange)
}

function callerOf(
  connection: Connection,
  { owner, from }: Asker,
  outgoing: ServerResponse,
  patience: Patience,
): Caller {
  const fail = (error: unknown): void => connection.fail(causeOf(error))
  return {
    owner,
    from,
    way: { redirected: false, type: 'basic' },
    patience,
    connected: () => connection.happens((socket) => socket.established()),
    answered: (response) => {
      relay(response, outgoing).catch(fail)
    },
    replied: (reply) => tell(reply, outgoing),
    failed: fail,
    redirect: () => false,
    finished() {},
  }
}

/** `fetch` wraps what went wrong; a socket shows it bare. */
function causeOf(error: unknown): Error {
  if (error instanceof Error && error.cause instanceof Error) return error.cause
  return error instanceof Error ? error : new Error(String(error))
}
