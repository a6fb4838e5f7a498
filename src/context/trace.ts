// Whose work a request on a socket is: the operation's number travels in a `traceparent` header, as W3C Trace Context writes
// it, so that any tracing library of any language carries it along. A trace of anybody else's says nothing.

/** What our trace ids begin with; a client's own tracing may send others. */
const mark = 'b2047a00'
const bodyOf = /^[0-9a-f]{2}-b2047a00([0-9a-f]{8})([0-9a-f]{16})-[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/u
/** Beyond all numbers of operations: background work, and beyond that the deliveries that led to it. */
const noOperation = 2 ** 48

export type Traced = {
  /** Which process of a fleet, from 0. */
  readonly instance: number
  /** `null` is background work: nobody asked for it. */
  readonly operation: number | null
  /** The delivery of the notification that led to it. */
  readonly delivery?: number
}

/** `00-b2047a00<instance><operation>-0000000000000001-01`. */
export function traceparentOf({ instance, operation, delivery = 0 }: Traced): string {
  const number = operation ?? noOperation + delivery
  return `00-${mark}${hex(instance, 8)}${hex(number, 16)}-0000000000000001-01`
}

/** Any version, any parent: libraries make spans of their own within a trace. */
export function tracedBy(traceparent: string | undefined): Traced | undefined {
  const [, instance, operation] = bodyOf.exec(traceparent?.trim() ?? '') ?? []
  if (instance === undefined || operation === undefined) return undefined
  const number = Number.parseInt(operation, 16)
  const whose = { instance: Number.parseInt(instance, 16), operation: number < noOperation ? number : null }
  return number > noOperation ? { ...whose, delivery: number - noOperation } : whose
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0')
}
