// The Response a client gets: a real one whose `url`, `redirected`, `type` and immutable headers are those of a response
// that came over a network. An answer that arrived but was not read yet can still be lost to an abort, as in Node.

import { STATUS_CODES } from 'node:http'

import type { FaultReply } from '#fault/fault.ts'
import { wholeStream, type Content, type FailingStream } from './body.ts'

/** How it came: whether redirects led there, and whether one of them led to another origin (`cors`). */
export type Way = { readonly redirected: boolean; readonly type: 'basic' | 'cors' }

type Facts = {
  readonly way: Way
  readonly url: URL
  readonly status: number
  headers?: Headers
  /** Called when the client takes the body. */
  taken: (() => void) | undefined
  /** A body that has arrived as a whole. */
  readonly whole: Content | null
  /** What is read instead, once the body is looked at as a stream, copied or lost: a stream that can fail. */
  instead?: { readonly response: Response; fail(error: unknown): void }
}

const facts = Symbol('facts')

class FixedHeaders extends Headers {
  static {
    Object.defineProperty(this, 'name', { value: 'Headers' })
  }
  override append(): void {
    throw new TypeError('immutable')
  }
  override set(): void {
    throw new TypeError('immutable')
  }
  override delete(): void {
    throw new TypeError('immutable')
  }
}

class Answer extends Response {
  static {
    Object.defineProperty(this, 'name', { value: 'Response' })
  }
  declare [facts]: Facts

  override get url(): string {
    const { url } = this[facts]
    return url.hash === '' ? url.href : url.href.slice(0, -url.hash.length)
  }
  override get redirected(): boolean {
    return this[facts].way.redirected
  }
  override get type(): ResponseType {
    return this[facts].way.type
  }
  override get status(): number {
    // Asked for in the course of construction, too.
    return (this[facts] as Facts | undefined)?.status ?? super.status
  }
  override get ok(): boolean {
    return this.status >= 200 && this.status <= 299
  }
  override get headers(): Headers {
    return (this[facts].headers ??= new FixedHeaders(super.headers))
  }
  override get body(): Response['body'] {
    return streamed(this)?.body ?? super.body
  }
  override get bodyUsed(): boolean {
    return (this[facts] as Facts | undefined)?.instead?.response.bodyUsed ?? super.bodyUsed
  }
  override arrayBuffer(): ReturnType<Response['arrayBuffer']> {
    return take(this)?.arrayBuffer() ?? super.arrayBuffer()
  }
  override blob(): Promise<Blob> {
    return take(this)?.blob() ?? super.blob()
  }
  override bytes(): ReturnType<Response['bytes']> {
    return take(this)?.bytes() ?? super.bytes()
  }
  override formData(): Promise<FormData> {
    return take(this)?.formData() ?? super.formData()
  }
  override json(): Promise<unknown> {
    return take(this)?.json() ?? super.json()
  }
  override text(): Promise<string> {
    return take(this)?.text() ?? super.text()
  }
  override clone(): Response {
    const instead = streamed(this) && this[facts].instead
    const { way, url, status, whole } = this[facts]
    const its: Facts = { way, url, status, whole, taken: undefined }
    if (instead) its.instead = { response: instead.response.clone(), fail: instead.fail }
    return equip(Object.setPrototypeOf(super.clone(), Answer.prototype) as Answer, its)
  }
}

function equip(answer: Answer, its: Facts): Answer {
  return Object.defineProperty(answer, facts, { value: its })
}

/** What to read instead of the answer itself, if anything. The client has taken the body now. */
function take(answer: Answer): Response | undefined {
  const its = answer[facts]
  its.taken?.()
  its.taken = undefined
  return its.instead?.response
}

/** A body that has arrived is cheap text until somebody needs the stream. */
function streamed(answer: Answer): Response | undefined {
  const its = answer[facts]
  if (!its.instead && its.whole !== null && !answer.bodyUsed) {
    const { content, fail }: FailingStream = wholeStream(its.whole, () => take(answer))
    its.instead = { response: new Response(content), fail }
  }
  return its.instead?.response
}

/** `content` is a stream that may fail by itself, or the body as a whole. */
export function toResponse(
  reply: FaultReply,
  content: FailingStream['content'] | Content | null,
  url: URL,
  way: Way,
  taken?: () => void,
): Response {
  // A network may deliver any status, but Response makes only these.
  const status = reply.status >= 200 && reply.status <= 599 ? reply.status : 200
  const statusText = STATUS_CODES[reply.status] ?? ''
  const answer = new Answer(content, { status, statusText, headers: reply.headers as [string, string][] })
  const whole = content instanceof ReadableStream ? null : content
  return equip(answer, { way, url, status: reply.status, taken, whole })
}

/** The client aborted: what it has not read by now it can no longer read. */
export function lose(response: Response, reason: unknown): void {
  if (!(response instanceof Answer)) return
  streamed(response)
  response[facts].instead?.fail(reason)
}
