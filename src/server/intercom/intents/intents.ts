// Every operation that a load can ask of an Intercom client, by name.

import { guarded } from '../../guarded-intent.ts'
import type { Intent } from '../../intent.ts'
import type { Workspace } from '../workspace.ts'
import { adminIntent } from './admin-intent.ts'
import { articleIntents } from './article-intents.ts'
import { companyIntents } from './company-intents.ts'
import { contactIntents } from './contact-intents.ts'
import { conversationIntents } from './conversation-intents.ts'
import { eventIntent } from './event-intent.ts'
import { markIntents } from './mark-intents.ts'
import { meIntent } from './me-intent.ts'
import { mediaIntent } from './media-intent.ts'
import type { MediaSent } from './media-intent.ts'
import { messageIntents } from './message-intents.ts'
import { Population } from './population.ts'
import { ticketIntents } from './ticket-intents.ts'

export function createIntents(
  workspaces: ReadonlyMap<string, Workspace>,
  mediaSent: MediaSent = () => {},
): ReadonlyMap<string, Intent> {
  const populations = new Map([...workspaces].map(([name, workspace]) => [name, new Population(workspace)]))
  const all = [
    ...contactIntents(populations),
    ...companyIntents(populations),
    ...markIntents(populations),
    adminIntent(populations),
    ...conversationIntents(populations),
    meIntent(populations),
    mediaIntent(populations, mediaSent),
    ...messageIntents(populations),
    eventIntent(populations),
    ...ticketIntents(populations),
    ...articleIntents(populations),
  ]
  return new Map(all.map((intent) => [intent.name, guarded(intent)]))
}
