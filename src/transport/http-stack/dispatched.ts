// What undici hands to a dispatcher: headers and bodies in many forms.

import type { ServiceRequest } from '#server/service.ts'

type Pairs = Iterable<readonly [string, unknown]>

export type DispatchOptions = {
  readonly origin?: string | URL
  readonly path: string
  readonly method: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly headers?: readonly string[] | Readonly<Record<string, unknown>> | Pairs | null
  readonly body?: unknown
  readonly upgrade?: unknown
  readonly headersTimeout?: number | null
  readonly bodyTimeout?: number | null
}

/** Lower-case names, as a service expects them. `type` is that of the body, which an explicit header overrides. */
export function headersOf(given: DispatchOptions['headers'], type: string | null): ServiceRequest['headers'] {
  const headers: Record<string, string> = type === null ? {} : { 'content-type': type }
  for (const [name, value] of pairsOf(given)) {
    if (value === undefined || value === null) continue
    headers[String(name).toLowerCase()] = Array.isArray(value) ? value.join(', ') : String(value)
  }
  return headers
}

function pairsOf(given: DispatchOptions['headers']): Pairs {
  if (!given) return []
  if (Array.isArray(given) && !Array.isArray(given[0])) {
    const flat = given as readonly string[]
    return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1]] as const] : []))
  }
  return Symbol.iterator in given ? (given as Pairs) : Object.entries(given)
}

/** Blobs, forms and texts know their type, as in `fetch`; undici sends one only for forms and blobs. */
export async function bodyOf(body: unknown): Promise<{ readonly text: string; readonly type: string | null }> {
  if (body === undefined || body === null) return { text: '', type: null }
  if (typeof body === 'string') return { text: body, type: null }
  if (ArrayBuffer.isView(body)) return { text: textOf([body]), type: null }
  if (Symbol.asyncIterator in (body as object) && !(body instanceof Blob)) {
    const chunks: unknown[] = []
    for await (const chunk of body as AsyncIterable<unknown>) chunks.push(chunk)
    return { text: textOf(chunks), type: null }
  }
  const { headers, ...wrapped } = wrap(body as BodyInit)
  return { text: await wrapped.text(), type: headers.get('content-type') }
}

function wrap(body: BodyInit): { readonly headers: Headers; text(): Promise<string> } {
  const response = new Response(body)
  return { headers: response.headers, text: () => response.text() }
}

function textOf(chunks: readonly unknown[]): string {
  return Buffer.concat(
    chunks.map((chunk) => {
      if (!ArrayBuffer.isView(chunk)) return Buffer.from(String(chunk))
      return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    }),
  ).toString('utf8')
}
