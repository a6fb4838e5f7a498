// `load`: who asks the client for what, how often, and how patiently.

import { z } from 'zod'
import { durationMs } from '#fault/units.ts'
import { verbs } from '#server/defined/definition.ts'
import { suggest } from './problem.ts'
import type { Path, Problems } from './problem.ts'
import { oneRhythm, resolveRhythm, resolveStretch, rhythmFields } from './rhythm.ts'
import type { Calendar } from './run-section.ts'
import type { Load, Workspace } from './scenario.ts'
import { intentNames, regions } from './services.ts'
import { name, section, text } from './terms.ts'
import { resolveWorkspaceName } from './world-section.ts'
import type { Simulated } from './world-services.ts'

const pickMessage = 'must be such as "zipf of 400" or "uniform of 50"'

/** At most this many entities are distinguished; a workspace of the simulation has fewer. */
const mostEntities = 100_000

const loadSchema = section({
  do: z
    .string()
    .describe('The operation that is asked for: one of Intercom, or of a service of your own, such as `parcel.read`.')
    .meta({
      anyOf: [
        { enum: intentNames },
        { type: 'string', pattern: String.raw`^[a-z][A-Za-z0-9]*\.(?:${verbs.join('|')})$` },
      ],
    }),
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
  simulated: Simulated,
  calendar: Calendar,
  problems: Problems,
): readonly Load[] {
  const entries = Object.entries(loads)
  if (entries.length === 0)
    problems.key(['load'], 'the load is empty', 'A client that is asked nothing proves nothing.')
  return entries.map(([load, written]) => {
    const path = ['load', load]
    if (!simulated.intents.includes(written.do)) {
      problems.value(
        [...path, 'do'],
        `\`load.${load}.do\` asks for the unknown operation \`${written.do}\``,
        suggest(written.do, simulated.intents, 'operations'),
      )
    }
    if (simulated.emptyIntents.includes(written.do))
      problems.value(
        [...path, 'do'],
        `\`load.${load}\` asks about a ${written.do.split('.')[0]}, and no workspace holds one`,
        'Let `seeded` be more than 0 in the definition of the service, or leave the load out.',
      )
    const workspace = resolveWorkspaceName(written.workspace, path, workspaces, problems)
    if (intentNames.includes(written.do)) checkHasIntercom(workspace, [...path, 'do'], workspaces, problems)
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

/** Beyond its regions Intercom has no workspace: only a service of one's own has. */
export function checkHasIntercom(
  workspace: string,
  path: Path,
  workspaces: readonly Workspace[],
  problems: Problems,
): void {
  const region = workspaces.find(({ name: own }) => own === workspace)?.region
  if (region === undefined || (regions as readonly string[]).includes(region)) return
  const what = `\`${path.join('.')}\` is about Intercom, which has no workspace in the region \`${region}\``
  problems.value(path, what, `Its regions are ${regions.join(', ')}.`)
}
