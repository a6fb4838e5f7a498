// Answers as an HTTP server of Node's writes them to a connection.

import type { ServerResponse } from 'node:http'
import type { FaultReply } from '#fault/fault.ts'

/** Leads links in a text to where the simulated hosts really are. */
type Relink = (text: string) => string

const asItIs: Relink = (text) => text

/** All of it at once: Node then says how long it is. */
export function tell({ status, headers, body, surplus }: FaultReply, outgoing: ServerResponse, relink = asItIs): void {
  const isText = begin(outgoing, status, headers, relink)
  const told = typeof body === 'string' && isText ? relink(body) : (body ?? undefined)
  if (surplus === undefined || told === undefined) return void outgoing.end(told)
  const bytes = Buffer.from(told)
  outgoing.setHeader('content-length', bytes.length)
  outgoing.end(Buffer.concat([bytes, Buffer.from(surplus)]))
}

/** As it comes in. Rejects when the rest of the body will not come. */
export async function relay(response: Response, outgoing: ServerResponse, relink = asItIs): Promise<void> {
  const isText = begin(outgoing, response.status, response.headers, relink)
  outgoing.flushHeaders()
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>)
    outgoing.write(isText ? relink(Buffer.from(chunk).toString('utf8')) : chunk)
  outgoing.end()
}

/** The head; whether links may be in the body. */
function begin(
  outgoing: ServerResponse,
  status: number,
  headers: Iterable<readonly [string, string]>,
  relink: Relink,
): boolean {
  // As in a replay: the simulated API tells no date.
  outgoing.sendDate = false
  outgoing.statusCode = status
  let isText = false
  for (const [name, value] of headers) {
    const low = name.toLowerCase()
    if (low === 'content-type') isText = /json|text|html/u.test(value)
    outgoing.appendHeader(name, low === 'location' ? relink(value) : value)
  }
  return isText
}
