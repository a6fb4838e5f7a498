// Bodies on their way to the client: whole ones, which undici streams by itself, and ones whose rest never comes.

import type { FaultReply, ReplyBody } from '#fault/fault.ts'
import { headerOf } from './response-facts.ts'

const encoder = new TextEncoder()
const withoutBody = new Set([101, 103, 204, 205, 304])

export function mayHaveBody(method: string, reply: FaultReply): boolean {
  return reply.body !== null && method !== 'HEAD' && !withoutBody.has(reply.status)
}

export type Content = string | Uint8Array<ArrayBuffer>

/** As text where it may be: that is much cheaper, but without a content type Response would add one. */
export function wholeBody(reply: FaultReply): Content {
  if (typeof reply.body === 'string' && headerOf(reply.headers, 'content-type') !== undefined) return reply.body
  return encode(reply.body)
}

export interface FailingStream {
  readonly content: ReadableStream<Uint8Array<ArrayBuffer>>
  /** Reads reject with this error from now on, unless everything has been read. */
  fail(error: unknown): void
}

/** Everything has arrived and waits to be read. */
export function wholeStream(body: Content, taken: () => void): FailingStream {
  return streamOf((controller) => {
    const bytes = encode(body)
    if (bytes.length > 0) controller.enqueue(bytes)
    controller.close()
    // A pending read into the caller's own buffer ends only when it is told that nothing more comes.
    if (bytes.length === 0) controller.byobRequest?.respond(0)
    taken()
  }, taken)
}

/** A body that arrives bit by bit. */
export interface Trickle extends FailingStream {
  readonly pieces: number
  /** The next piece is there; after the last one nothing more comes. */
  next(): void
}

/** In at most so many pieces; `undefined` when there is nothing to divide. */
export function trickle(
  body: ReplyBody,
  most: number,
  taken: () => void,
  cancelled: (reason: unknown) => void,
): Trickle | undefined {
  const bytes = encode(body)
  if (bytes.length === 0) return undefined
  const size = Math.ceil(bytes.length / most)
  let sent = 0
  const stream = streamOf(taken, cancelled)
  return {
    ...stream,
    pieces: Math.ceil(bytes.length / size),
    next: () => {
      const piece = bytes.slice(sent, sent + size)
      sent += size
      stream.push(piece, sent >= bytes.length)
    },
  }
}

/** Half of the body has arrived. A stream is `taken` when somebody reads or cancels it. */
export function cutBody(body: ReplyBody, taken: () => void): FailingStream {
  const bytes = encode(body)
  let half: Uint8Array<ArrayBuffer> | null = bytes.slice(0, Math.floor(bytes.length / 2))
  return streamOf((controller) => {
    if (half && half.length > 0) controller.enqueue(half)
    half = null
    taken()
  }, taken)
}

type Controlled = FailingStream & { push(piece: Uint8Array<ArrayBuffer>, isLast: boolean): void }

function streamOf(
  pull: (controller: ReadableByteStreamController) => void,
  cancel?: (reason: unknown) => void,
): Controlled {
  let controller: ReadableByteStreamController | undefined
  const start = (given: ReadableByteStreamController): void => {
    controller = given
  }
  const content = new ReadableStream({ type: 'bytes', start, pull, ...(cancel && { cancel }) })
  const push = (piece: Uint8Array<ArrayBuffer>, isLast: boolean): void => {
    controller?.enqueue(piece)
    if (!isLast) return
    controller?.close()
    controller?.byobRequest?.respond(0)
  }
  return { content, push, fail: (error) => controller?.error(error) }
}

/** Always fresh bytes: a byte stream detaches the buffer it hands over. */
function encode(body: ReplyBody): Uint8Array<ArrayBuffer> {
  if (typeof body === 'string') return encoder.encode(body)
  return body ? new Uint8Array(body) : new Uint8Array()
}
