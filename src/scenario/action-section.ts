// `actions`: what operators do to the client during the run. Two are known to the harness; any other is one that the client
// offers itself.

import { z } from 'zod'
import { didYouMean, quote } from './problem.ts'
import type { Problems } from './problem.ts'
import type { Calendar } from './run-section.ts'
import type { Action, Workspace } from './scenario.ts'
import { section, time } from './terms.ts'
import { resolveWorkspaceName } from './world-section.ts'

/** What the harness does by itself: a new process of the client, a new token for a workspace. */
const ownActions: readonly string[] = ['restart', 'rotate-token']

const ofClient = /^[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+$/u

export const actionsSchema = z
  .array(
    section({
      at: time.describe('When it is done.'),
      do: z
        .string()
        .max(60)
        .describe('`restart`, `rotate-token`, or an action that the client offers, such as `media.pause`.')
        .meta({ examples: [...ownActions, 'media.pause'] }),
      workspace: z.string().optional().describe('The workspace it is about. Default: all of them.'),
    }),
  )
  .describe('What operators do, in order.')

type ActionText = z.infer<typeof actionsSchema>[number]

export function resolveActions(
  actions: z.infer<typeof actionsSchema>,
  workspaces: readonly Workspace[],
  calendar: Calendar,
  problems: Problems,
): readonly Action[] {
  let last = 0
  return actions.map((action, index) => {
    const path = ['actions', index]
    const at = calendar.at(action.at, [...path, 'at'])
    if (at === calendar.spanMs) problems.value([...path, 'at'], `this action is at ${action.at}, when the run ends`)
    if (at >= 0 && at < last) {
      const what = `this action is at ${action.at}, before the one above it`
      problems.value([...path, 'at'], what, 'List actions in the order of their times.')
    }
    last = Math.max(last, at)
    checkName(action, path, problems)
    if (action.workspace === undefined) return { at, do: action.do }
    return { at, do: action.do, workspace: resolveWorkspaceName(action.workspace, path, workspaces, problems) }
  })
}

function checkName(
  { do: action, workspace }: ActionText,
  path: readonly (string | number)[],
  problems: Problems,
): void {
  if (action === 'restart' && workspace !== undefined) {
    const what = 'a restart is of the whole client, not of one workspace'
    problems.key([...path, 'workspace'], what, 'Remove the workspace.')
  }
  if (ownActions.includes(action) || ofClient.test(action)) return
  problems.value(
    [...path, 'do'],
    `there is no action ${quote(action)}`,
    didYouMean(action, ownActions) ??
      'Write `restart`, `rotate-token`, or an action of the client such as `media.pause`.',
  )
}
