import { expect, test } from 'vitest'
import { handshakesInWords, untracedInWords } from './real-time.ts'
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

test.for([
  ['none', undefined, 10, []],
  ['one now and then', { distrusted: 0, 'not-tls': 0, left: 3 }, 10, []],
  [
    'more than requests',
    { distrusted: 0, 'not-tls': 0, left: 3 },
    2,
    [
      expect.stringMatching(
        /^3 connections over HTTPS were given up before anything was asked: does the client trust/u,
      ),
    ],
  ],
  [
    'by who says why',
    { distrusted: 1, 'not-tls': 0, left: 2 },
    0,
    [expect.stringMatching(/^3 connections .* asked, because the certificate was not trusted: /u)],
  ],
  [
    'without TLS',
    { distrusted: 0, 'not-tls': 4, left: 0 },
    0,
    [expect.stringMatching(/^on 4 connections something else/u)],
  ],
] as const)('connections that ended at once: %s', ([, handshakes, sent, words]) => {
  expect(handshakesInWords({ ...run(undefined, sent), handshakes } as JudgedRun)).toEqual(words)
})
