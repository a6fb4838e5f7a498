// The body of a request that an HTTP server of Node's has received.

import type { IncomingMessage } from 'node:http'
import { limits } from '#context/limits.ts'

/** `undefined` when it never came as a whole, or is larger than any service reads. */
export async function incomingBody(incoming: IncomingMessage): Promise<string | undefined> {
  const { headers } = incoming
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return ''
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length > limits.bodyCharacters) return void incoming.socket.destroy()
    }
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}
