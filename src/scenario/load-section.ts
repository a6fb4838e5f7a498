// `load`: who asks the client for what, how often, and how patiently.

import { z } from 'zod'
import { durationMs } from '#fault/units.ts'
import type { IntentName } from '#server/intent.ts'
import { suggest } from './problem.ts'
import type { Problems } from './problem.ts'
import { oneRhythm, resolveRhythm, resolveStretch, rhythmFields } from './rhythm.ts'
import type { Calendar } from './run-section.ts'
import type { Load, Workspace } from './scenario.ts'
import { name, section, text } from './terms.ts'
import { resolveWorkspaceName } from './world-section.ts'

const shipped = {
  'contact.read': true,
  'contact.search': true,
  'contact.list': true,
  'contact.create': true,
  'contact.upsert': true,
  'contact.update': true,
  'contact.delete': true,
  'contact.merge': true,
  'conversation.read': true,
  'conversation.list': true,
  'conversation.open': true,
  'conversation.reply': true,
  'conversation.close': true,
  'conversation.search': true,
  'company.read': true,
  'company.upsert': true,
  'company.list': true,
  'company.scroll': true,
  'tag.add': true,
  'note.add': true,
  'message.send': true,
  'message.relay': true,
  'media.fetch': true,
  'event.track': true,
  'ticket.create': true,
  'ticket.read': true,
  'article.read': true,
  'article.list': true,
  'admin.list': true,
  'me.read': true,
} satisfies Partial<Record<IntentName, true>>

/** What a load may ask for. */
export const intentNames: readonly string[] = Object.keys(shipped)

const pickMessage = 'must be such as "zipf of 400" or "uniform of 50"'

/** At most this many entities are distinguished; a workspace of the simulation has fewer. */
const mostEntities = 100_000

const loadSchema = section({
  do: z.string().describe('The operation that is asked for.').meta({ enum: intentNames }),
  ...rhythmFields,
  pick: text(/^(?:zipf|uniform) of [1-9]\d{0,5}$/u, pickMessage)
    .optional()
    .describe('Which entities: `zipf of 400` prefers a few, `uniform of 50` does not. Default: uniform of 100.'),
  impatient: durationMs.optional().describe('A person asks again when nothing came in this time, at most twice.'),
  cancelAfter: durationMs.optional().describe('A person walks away: the signal of the call is aborted.'),
  workspace: z.string().optional().describe('The workspace it is about. Default: the first.'),
})
  .describe('One stream of asks.')
  .meta(oneRhythm)

export const loadsSchema = z.record(name, loadSchema).describe('What the client is asked to do, by name.')

type LoadText = z.infer<typeof loadSchema>

export function resolveLoads(
  loads: z.infer<typeof loadsSchema>,
  workspaces: readonly Workspace[],
  calendar: Calendar,
  problems: Problems,
): readonly Load[] {
  const entries = Object.entries(loads)
  if (entries.length === 0)
    problems.key(['load'], 'the load is empty', 'A client that is asked nothing proves nothing.')
  return entries.map(([load, written]) => {
    const path = ['load', load]
    if (!intentNames.includes(written.do)) {
      problems.value(
        [...path, 'do'],
        `\`load.${load}.do\` asks for the unknown operation \`${written.do}\``,
        suggest(written.do, intentNames, 'operations'),
      )
    }
    const workspace = resolveWorkspaceName(written.workspace, path, workspaces, problems)
    const stretch = resolveStretch(written, path, calendar, problems)
    return {
      name: load,
      do: written.do,
      workspace,
      ...stretch,
      ...resolveRhythm(written, stretch, path, 'asks', problems),
      pick: resolvePick(written),
      ...resolveManners(load, written, problems),
    }
  })
}

function resolvePick({ pick }: LoadText): Load['pick'] {
  const [, kind = 'uniform', of = '100'] = /^(\w+) of (\d+)$/u.exec(pick ?? '') ?? []
  return { kind: kind === 'zipf' ? 'zipf' : 'uniform', of: Math.min(Number(of), mostEntities) }
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
