import { expect, test } from 'vitest'
import { untracedInWords } from './real-time.ts'
import type { JudgedRun } from './report-schema.ts'

const run = (untraced: number | undefined, sent: number) =>
  ({ counts: { 'exchange.sent': sent }, ...(untraced !== undefined && { untraced }) }) as unknown as JudgedRun

test.for([
  ['most', 6, 10, [expect.stringMatching(/^6 of 10 requests carried no traceparent of an operation/u)]],
  ['half, as work in the background may be', 5, 10, []],
  ['none', 0, 10, []],
  ['none that were counted, in virtual time', undefined, 10, []],
  ['none of none', 0, 0, []],
] as const)('requests without a trace: %s', ([, untraced, sent, words]) => {
  expect(untracedInWords(run(untraced, sent))).toEqual(words)
})
