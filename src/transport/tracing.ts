// Writes whose work it is into every request that leaves this process, whatever stack sends it: Node tells of each request
// before its head is written.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { ClientRequest } from 'node:http'
import { currentOwner } from '#context/owner.ts'
import { traceparentOf } from '#context/trace.ts'

const ofFetch = 'undici:request:create'
const ofHttp = 'http.client.request.created'
const header = 'traceparent'

/** Returns what ends it. */
export function traceRequests(): () => void {
  const onFetch = (message: unknown): void => {
    const { request } = message as { request: { addHeader(name: string, value: string): void } }
    write((value) => request.addHeader(header, value))
  }
  const onHttp = (message: unknown): void => {
    const { request } = message as { request: ClientRequest }
    if (!request.headersSent) write((value) => request.setHeader(header, value))
  }
  subscribe(ofFetch, onFetch)
  subscribe(ofHttp, onHttp)
  return () => {
    unsubscribe(ofFetch, onFetch)
    unsubscribe(ofHttp, onHttp)
  }
}

function write(set: (value: string) => void): void {
  const owner = currentOwner()
  if (owner) set(traceparentOf(owner))
}
