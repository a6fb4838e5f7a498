// `phases` and `timeline`: the named stretches of the run, and the facts of the incident in our own words.

import { z } from 'zod'
import type { PhaseMark } from '#history/header.ts'
import type { Problems } from './problem.ts'
import type { Calendar } from './run-section.ts'
import type { Fact } from './scenario.ts'
import { name, section, sentence, time } from './terms.ts'

export const phasesSchema = z
  .record(name, time)
  .describe('When each phase starts, in order. `baseline` is implicit; the last one is `recovery`, free of faults.')

export const timelineSchema = z
  .array(
    section({
      at: time.describe('When it happened; it may lie outside of the run.'),
      fact: sentence.describe('What the source says, in our own words.'),
    }),
  )
  .describe('Every dated fact of the source, in order. It is told, not simulated.')

export function resolvePhases(
  phases: z.infer<typeof phasesSchema>,
  calendar: Calendar,
  problems: Problems,
): readonly PhaseMark[] {
  const marks: PhaseMark[] = [{ name: 'baseline', at: 0 }]
  for (const [phase, written] of Object.entries(phases)) {
    const path = ['phases', phase]
    const before = marks.at(-1)
    const at = calendar.at(written, path)
    if (phase === 'baseline') {
      problems.key(path, 'the phase `baseline` is there anyway', 'Remove it: the run starts with it.')
    } else if (before && at >= 0 && at <= before.at) {
      const other =
        before.name === 'baseline' ? 'the start of the run' : `\`${before.name}\` at ${calendar.show(before.at)}`
      problems.value(
        path,
        `the phase \`${phase}\` starts at ${written}, not after ${other}`,
        'List phases in the order of their times.',
      )
    }
    if (at === calendar.spanMs) problems.value(path, `the phase \`${phase}\` starts at ${written}, when the run ends`)
    marks.push({ name: phase, at })
  }
  if (marks.at(-1)?.name !== 'recovery') {
    const hint = 'Every run ends with a `recovery`, in which no fault is active.'
    if ('recovery' in phases) problems.key(['phases', 'recovery'], 'the phase `recovery` is not the last one', hint)
    else problems.key(['phases'], 'the phase `recovery` is missing', hint)
  }
  return marks
}

export function resolveTimeline(
  timeline: z.infer<typeof timelineSchema>,
  calendar: Calendar,
  problems: Problems,
): readonly Fact[] {
  const facts = timeline.map(({ at, fact }) => ({ at: calendar.anywhere(at), fact }))
  facts.forEach((fact, index) => {
    const before = facts[index - 1]
    if (before && fact.at < before.at) {
      problems.value(
        ['timeline', index, 'at'],
        `this fact is from ${calendar.show(fact.at)}, the one above it from ${calendar.show(before.at)}`,
        'List facts in the order of their times.',
      )
    }
  })
  return facts
}
