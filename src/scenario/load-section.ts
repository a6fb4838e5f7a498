// `load`: who asks the client for what, how often, and how patiently.

import { z } from 'zod'
import { limits } from '#context/limits.ts'
import { durationMs, ratePerSecond } from '#fault/units.ts'
import type { IntentName } from '#server/intent.ts'
import { suggest } from './problem.ts'
import type { Problems } from './problem.ts'
import type { Load, Workspace } from './scenario.ts'
import { name, section, text } from './terms.ts'

const shipped = {
  'contact.read': true,
  'contact.search': true,
  'contact.create': true,
  'contact.upsert': true,
  'contact.update': true,
  'contact.delete': true,
  'conversation.read': true,
  'conversation.list': true,
  'conversation.open': true,
  'conversation.reply': true,
  'conversation.close': true,
  'me.read': true,
} satisfies Partial<Record<IntentName, true>>

/** What a load may ask for. */
export const intentNames: readonly string[] = Object.keys(shipped)

const pickMessage = 'must be such as "zipf of 400" or "uniform of 50"'

/** At most this many entities are distinguished; a workspace of the simulation has fewer. */
const mostEntities = 100_000

const loadSchema = section({
  do: z.string().describe('The operation that is asked for.').meta({ enum: intentNames }),
  rate: ratePerSecond.optional().describe('Mean rate, at random moments as people are. Either this or `every`.'),
  every: durationMs
    .optional()
    .describe('The gap between asks, always the same as machines are. Either this or `rate`.'),
  pick: text(/^(?:zipf|uniform) of [1-9]\d{0,5}$/u, pickMessage)
    .optional()
    .describe('Which entities: `zipf of 400` prefers a few, `uniform of 50` does not. Default: uniform of 100.'),
  impatient: durationMs.optional().describe('A person asks again when nothing came in this time, at most twice.'),
  cancelAfter: durationMs.optional().describe('A person walks away: the signal of the call is aborted.'),
  workspace: z.string().optional().describe('The workspace it is about. Default: the first.'),
})
  .describe('One stream of asks.')
  .meta({ oneOf: [{ required: ['rate'] }, { required: ['every'] }] })

export const loadsSchema = z.record(name, loadSchema).describe('What the client is asked to do, by name.')

type LoadText = z.infer<typeof loadSchema>

export function resolveLoads(
  loads: z.infer<typeof loadsSchema>,
  workspaces: readonly Workspace[],
  spanMs: number,
  problems: Problems,
): readonly Load[] {
  const entries = Object.entries(loads)
  if (entries.length === 0)
    problems.key(['load'], 'the load is empty', 'A client that is asked nothing proves nothing.')
  const names = workspaces.map((workspace) => workspace.name)
  return entries.map(([load, written]) => {
    const path = ['load', load]
    if (!intentNames.includes(written.do)) {
      problems.value(
        [...path, 'do'],
        `\`load.${load}.do\` asks for the unknown operation \`${written.do}\``,
        suggest(written.do, intentNames, 'operations'),
      )
    }
    const workspace = written.workspace ?? names[0] ?? ''
    if (written.workspace !== undefined && !names.includes(workspace)) {
      problems.value(
        [...path, 'workspace'],
        `\`load.${load}\` is about the unknown workspace \`${workspace}\``,
        suggest(workspace, names, 'workspaces'),
      )
    }
    return {
      name: load,
      do: written.do,
      workspace,
      fromMs: 0,
      untilMs: spanMs,
      ...resolveRhythm(load, written, spanMs, problems),
      ...resolveManners(load, written, problems),
    }
  })
}

function resolveRhythm(
  load: string,
  { rate, every, pick }: LoadText,
  spanMs: number,
  problems: Problems,
): Pick<Load, 'gapMs' | 'regular' | 'pick'> {
  const path = ['load', load]
  const hint = '`rate: 12/min` asks at random moments, `every: 20s` regularly.'
  if (rate === undefined && every === undefined)
    problems.key(path, `\`load.${load}\` says neither \`rate\` nor \`every\``, hint)
  if (rate !== undefined && every !== undefined)
    problems.key([...path, 'every'], `\`load.${load}\` says both \`rate\` and \`every\``, hint)
  const gapMs = every ?? 1_000 / (rate ?? 1)
  const asks = Math.round(spanMs / gapMs)
  if (asks > limits.exchangesPerRun) {
    const key = every === undefined ? 'rate' : 'every'
    problems.value(
      [...path, key],
      `\`load.${load}\` asks more than ${limits.exchangesPerRun} times in this run`,
      'Ask less often, or shorten the run.',
    )
  } else if (asks < 1 && spanMs > 0) {
    problems.key(path, `\`load.${load}\` asks less than once in this run`, 'Ask more often, or lengthen the run.')
  }
  const [, kind = 'uniform', of = '100'] = /^(\w+) of (\d+)$/u.exec(pick ?? '') ?? []
  return {
    gapMs,
    regular: every !== undefined,
    pick: { kind: kind === 'zipf' ? 'zipf' : 'uniform', of: Math.min(Number(of), mostEntities) },
  }
}

function resolveManners(
  load: string,
  { impatient, cancelAfter }: LoadText,
  problems: Problems,
): Pick<Load, 'impatientMs' | 'cancelAfterMs'> {
  if (impatient !== undefined && cancelAfter !== undefined && cancelAfter <= impatient) {
    problems.value(
      ['load', load, 'cancelAfter'],
      `\`load.${load}\` walks away before it becomes impatient`,
      'Remove one of the two.',
    )
  }
  return {
    ...(impatient === undefined ? {} : { impatientMs: impatient }),
    ...(cancelAfter === undefined ? {} : { cancelAfterMs: cancelAfter }),
  }
}
