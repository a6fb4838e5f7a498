// `activity`: what happens in a workspace without the client. Customers write, colleagues edit; a webhook tells of each.

import { z } from 'zod'
import { suggest } from './problem.ts'
import type { Problems } from './problem.ts'
import { oneRhythm, resolveRhythm, resolveStretch, rhythmFields } from './rhythm.ts'
import type { Calendar } from './run-section.ts'
import type { Activity, Workspace } from './scenario.ts'
import { checkHasIntercom } from './load-section.ts'
import { activityTopics } from './services.ts'
import { name, section } from './terms.ts'
import { resolveWorkspaceName } from './world-section.ts'

const activitySchema = section({
  topic: z
    .string()
    .describe('What happens, as the topic of the webhook that tells of it.')
    .meta({ enum: activityTopics }),
  ...rhythmFields,
  workspace: z.string().optional().describe('Where it happens. Default: the first workspace.'),
  attachment: z.boolean().optional().describe('Whether the message carries a file. Default: false.'),
})
  .describe('One stream of things that happen.')
  .meta(oneRhythm)

export const activitiesSchema = z
  .record(name, activitySchema)
  .describe('What happens in the workspaces without the client, by name.')

export function resolveActivities(
  activities: z.infer<typeof activitiesSchema>,
  workspaces: readonly Workspace[],
  calendar: Calendar,
  problems: Problems,
): readonly Activity[] {
  return Object.entries(activities).map(([activity, written]) => {
    const path = ['activity', activity]
    const { topic, attachment = false } = written
    if (!activityTopics.includes(topic)) {
      const what = `\`activity.${activity}\` has the unknown topic \`${topic}\``
      problems.value([...path, 'topic'], what, suggest(topic, activityTopics, 'topics'))
    } else if (attachment && !topic.startsWith('conversation.')) {
      const what = `\`activity.${activity}\` has an attachment, but ${topic} is no message`
      problems.value([...path, 'attachment'], what, 'Only messages carry files.')
    }
    const workspace = resolveWorkspaceName(written.workspace, path, workspaces, problems)
    checkHasIntercom(workspace, [...path, 'topic'], workspaces, problems)
    const stretch = resolveStretch(written, path, calendar, problems)
    const { gapMs, regular } = resolveRhythm(written, stretch, path, 'happens', problems)
    return { name: activity, topic, workspace, gapMs, regular, ...stretch, attachment }
  })
}
