// How often something happens, and in which stretch of the run: the words that loads and activities share.

import { z } from 'zod'
import { limits } from '#context/limits.ts'
import { durationMs, ratePerSecond } from '#fault/units.ts'
import type { Path, Problems } from './problem.ts'
import type { Calendar } from './run-section.ts'
import { time } from './terms.ts'

export const rhythmFields = {
  rate: ratePerSecond.optional().describe('Mean rate, at random moments as people are. Either this or `every`.'),
  every: durationMs.optional().describe('The gap, always the same as that of machines. Either this or `rate`.'),
  from: time.optional().describe('When it begins. Default: with the run.'),
  until: time.optional().describe('When it stops. Default: with the run.'),
}

/** An editor's way to say: exactly one of the two. */
export const oneRhythm = { oneOf: [{ required: ['rate'] }, { required: ['every'] }] }

type RhythmText = { readonly [K in keyof typeof rhythmFields]?: z.infer<(typeof rhythmFields)[K]> | undefined }
type Stretch = { readonly fromMs: number; readonly untilMs: number }
type Rhythm = { readonly gapMs: number; readonly regular: boolean }

/** The verb of the sentence: a load `asks`, an activity `happens`. */
type Verb = 'asks' | 'happens'

const advice = {
  asks: {
    hint: '`rate: 12/min` asks at random moments, `every: 20s` regularly.',
    less: 'Ask less often',
    more: 'Ask more often',
  },
  happens: {
    hint: '`rate: 12/min` means random moments, `every: 20s` a regular one.',
    less: 'Let it happen less often',
    more: 'Let it happen more often',
  },
}

export function resolveStretch(
  { from, until }: RhythmText,
  path: Path,
  calendar: Calendar,
  problems: Problems,
): Stretch {
  const fromMs = from === undefined ? 0 : calendar.at(from, [...path, 'from'])
  const untilMs = until === undefined ? calendar.spanMs : calendar.at(until, [...path, 'until'])
  if (untilMs <= fromMs && calendar.spanMs > 0) {
    const label = `\`${path.join('.')}\``
    if (until === undefined) problems.value([...path, 'from'], `${label} begins at ${from}, when the run ends`)
    else {
      const begin = from === undefined ? 'the start of the run' : `its start at ${from}`
      problems.value([...path, 'until'], `${label} stops at ${until}, which is not after ${begin}`)
    }
  }
  return { fromMs, untilMs }
}

export function resolveRhythm(
  { rate, every }: RhythmText,
  { fromMs, untilMs }: Stretch,
  path: Path,
  verb: Verb,
  problems: Problems,
): Rhythm {
  const label = `\`${path.join('.')}\``
  const { hint, less, more } = advice[verb]
  if (rate === undefined && every === undefined)
    problems.key(path, `${label} says neither \`rate\` nor \`every\``, hint)
  if (rate !== undefined && every !== undefined)
    problems.key([...path, 'every'], `${label} says both \`rate\` and \`every\``, hint)
  const gapMs = every ?? 1_000 / (rate ?? 1)
  const lengthMs = untilMs - fromMs
  const times = Math.round(lengthMs / gapMs)
  if (times > limits.asksPerLoad) {
    const key = every === undefined ? 'rate' : 'every'
    const what = `${label} ${verb} more than ${limits.asksPerLoad} times in this run`
    problems.value([...path, key], what, `${less}, or shorten the run.`)
  } else if (times < 1 && lengthMs > 0) {
    problems.key(path, `${label} ${verb} less than once in this run`, `${more}, or lengthen the run.`)
  }
  return { gapMs, regular: every !== undefined }
}
