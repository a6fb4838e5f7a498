// `problems`: what a health check must say during the run, and how soon. The response time follows from the severity, as the
// runbook of the integration has it.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import { durationMs } from '#fault/units.ts'
import { causes } from '#history/header.ts'
import type { ProblemMark } from '#history/header.ts'
import type { Path, Problems } from './problem.ts'
import type { Calendar } from './run-section.ts'
import type { Scenario } from './scenario.ts'
import { name, section, time } from './terms.ts'

const minute = 60_000

/** Response times of the runbook; "the next business day" of P4 is taken to be 24 hours. */
const responseTimesMs = { P1: 15 * minute, P2: 60 * minute, P3: 4 * 60 * minute, P4: 24 * 60 * minute } as const

const problemSchema = section({
  from: time.describe('When the problem begins.'),
  until: time.describe('When it is over.'),
  whose: z
    .enum(['theirs', 'ours'])
    .describe("Whose problem it is: the provider's, or that of the client and its operators."),
  cause: z.enum(causes).describe('What is wrong.'),
  within: durationMs
    .optional()
    .describe('How soon the health check must say so. Default by severity: P1 15m, P2 1h, P3 4h, P4 24h.'),
}).describe('One problem that the health check of the client must name.')

export const problemsSchema = z.record(name, problemSchema).describe('What a health check must say, and when, by name.')

export function resolveProblemMarks(
  marks: z.infer<typeof problemsSchema>,
  severity: Scenario['source']['severity'],
  calendar: Calendar,
  problems: Problems,
): readonly ProblemMark[] {
  return Object.entries(marks).map(([mark, written]) => {
    const path = ['problems', mark]
    const from = calendar.at(written.from, [...path, 'from'])
    const until = calendar.at(written.until, [...path, 'until'])
    const withinMs = written.within ?? responseTimesMs[severity]
    if (until <= from) {
      const what = `the problem \`${mark}\` ends at ${written.until}, which is not after its start at ${written.from}`
      problems.value([...path, 'until'], what)
    } else if (from + withinMs >= until)
      checkWithin(mark, path, { lasts: until - from, withinMs, written }, severity, problems)
    return { name: mark, from, until, whose: written.whose, cause: written.cause, withinMs }
  })
}

type Late = {
  readonly lasts: number
  readonly withinMs: number
  readonly written: { readonly within?: number | undefined }
}

/** Otherwise no health check could ever be wrong about it. */
function checkWithin(
  mark: string,
  path: Path,
  { lasts, withinMs, written }: Late,
  severity: string,
  problems: Problems,
): void {
  const left = formatDuration(withinMs)
  const wanted = written.within === undefined ? `${left} (the response time of a ${severity})` : left
  const what = `the problem \`${mark}\` lasts ${formatDuration(lasts)}, but a health check has ${wanted} to tell it`
  const hint = 'Write a shorter `within`, or let the problem last longer.'
  if (written.within === undefined) problems.key(path, what, hint)
  else problems.value([...path, 'within'], what, hint)
}
