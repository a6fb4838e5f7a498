// What somebody else could write into every field that reports show, and runs that are full of it.

import * as fc from 'fast-check'
import { UserError } from '#context/user-error.ts'
import type { RunResult } from '#engine/run-result.ts'
import type { Verdict } from '#oracle/verdict.ts'
import { judgedWith, passing } from './golden/report/results.ts'

/** What means something to one of those who read what we write. */
const pieces = Object.values({
  xml: ['<', '>', '&', ']]>', '<!--', '"', "'", '&#0;', '&amp;', '&copy;', '<script>alert(1)</script>', '<img src=x>'],
  terminal: ['\u001B[2J', '\u0000', '\u009B', '\u202E', '\u2066', '\uD800', '\u200B', '\n', '\r', '\t', ' '],
  markdown: ['|', '\\', '`', '``', '*', '_', '~~', '[a](https://b.example)', '![a](b)', '<https://b.example>', '> '],
  gfm: ['https://b.example', 'www.b.example', '# ', '- ', '1. ', '---', '===', '@ada', '#1'],
  workflow: ['::error::', '::stop-commands::x', '##[error]', '%0A', '%', ',', ':', '::', '\n::set-env name=PATH::x'],
  tap: ['ok 1', 'not ok 1', '# SKIP', '# TODO', '\n1..0', '\nBail out!', '  ---', '  ...'],
  sarif: ['](', '{0}'],
  plain: ['é', '😀', 'a', 'B', '7'],
}).flat()

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...pieces) }),
)

export function failureOf(text: string): Verdict {
  const [pass] = passing
  if (pass?.verdict !== 'pass') throw new Error('The sample changed.')
  return {
    ...pass,
    verdict: 'fail',
    oracle: `named ${text}`,
    about: text,
    hint: text,
    sentence: text,
    witness: [1],
    violations: 2,
    threshold: { ...pass.threshold, cite: text },
  }
}

/** One of each way to end, with this text wherever there is room for it. */
export function runsOf(text: string): RunResult[] {
  const judge = { family: 'safety', hint: text } as const
  const { phases } = judgedWith({}) as Extract<RunResult, { kind: 'judged' }>
  const waived = { owner: text, until: '2026-12-31', because: text }
  return [
    judgedWith({
      outcome: 'fail',
      because: text,
      verdicts: [...passing, failureOf(text), { ...failureOf(text), waived } as Verdict],
      notOffered: [text],
      untouched: [text],
      phases: phases.map((phase) => ({ ...phase, phase: text })),
      ablations: [{ fault: text, stillFail: [text] }],
    }),
    judgedWith({
      outcome: 'inconclusive',
      because: text,
      verdicts: [
        {
          ...judge,
          oracle: 'a',
          required: true,
          verdict: 'inconclusive',
          armed: 0,
          reason: 'not-armed',
          detail: text,
        },
        { ...judge, oracle: 'b', required: false, verdict: 'not-applicable', needs: text },
        { ...judge, oracle: 'c', required: false, verdict: 'error', message: text },
      ],
    }),
    { ...judgedWith({}), kind: 'rejected', problem: new UserError(text, { hint: text, excerpt: text }) } as RunResult,
    { ...judgedWith({}), kind: 'harness-error', message: text } as RunResult,
    { ...judgedWith({}), kind: 'not-applicable', needs: [text], problem: new UserError(text) } as RunResult,
  ].map((result) => {
    if (result.kind === 'judged') Object.assign(result, { header: { ...result.header, title: text } })
    return { ...result, scenario: `s ${text}`, client: text, seed: text } as RunResult
  })
}
