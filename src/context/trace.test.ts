// Goal: a trace says whose work a request is, however the client's own tracing continues it.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { traceparentOf, tracedBy } from './trace.ts'

const instance = fc.nat(2 ** 31 - 1)
const traced = fc.oneof(
  fc.record({ instance, operation: fc.option(fc.nat(2 ** 31 - 1), { nil: null }) }),
  fc.record({ instance, operation: fc.constant(null), delivery: fc.integer({ min: 1, max: 2 ** 31 - 1 }) }),
)

test('what is written is read again, after any span of the client in between', () => {
  const span = fc.stringMatching(/^[0-9a-f]{16}$/u)
  fc.assert(
    fc.property(traced, span, (whose, parent) => {
      const header = traceparentOf(whose)
      expect(header).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/u)
      expect(tracedBy(header)).toEqual(whose)
      expect(tracedBy(header.replace(/-[0-9a-f]{16}-/u, `-${parent}-`))).toEqual(whose)
    }),
  )
})

test.for([
  undefined,
  '',
  'nonsense',
  '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  '00-b2047a0000000000000000000000000-0000000000000001-01',
])('a trace of somebody else, such as %s, says nothing', (header) => {
  expect(tracedBy(header)).toBeUndefined()
})
