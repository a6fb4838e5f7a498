// What an HTTP server of Node's has received, as services are asked.

import type { IncomingMessage } from 'node:http'
import type { ServiceRequest } from '#server/service.ts'

/** Said to the connection, and not to the service. */
const ofConnection: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'traceparent',
  'transfer-encoding',
  'content-length',
])

/** `request` is what MSW passes on to the service, which looks only at what was asked. `undefined` for a target that is no
 * path, and a method that no service knows. */
export function incomingRequest(
  origin: string,
  { method = 'GET', url: target = '/', headers }: IncomingMessage,
  body: string,
): { readonly asked: ServiceRequest; readonly request: Request } | undefined {
  const url = target.startsWith('/') ? URL.parse(origin + target) : null
  if (!url) return undefined
  const said: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !ofConnection.has(name))
      said[name] = typeof value === 'string' ? value : value.join(', ')
  try {
    return { asked: { method, url, headers: said, body }, request: new Request(url, { method }) }
  } catch {
    return undefined
  }
}
