// Every operation that a load can ask of an Intercom client, by name.

import { AssertionError } from 'node:assert/strict'
import type { Intent } from '../../intent.ts'
import type { Workspace } from '../workspace.ts'
import { contactIntents } from './contact-intents.ts'
import { conversationIntents } from './conversation-intents.ts'
import { meIntent } from './me-intent.ts'
import { Population } from './population.ts'

export function createIntents(workspaces: ReadonlyMap<string, Workspace>): ReadonlyMap<string, Intent> {
  const populations = new Map([...workspaces].map(([name, workspace]) => [name, new Population(workspace)]))
  const all = [...contactIntents(populations), ...conversationIntents(populations), meIntent(populations)]
  return new Map(all.map((intent) => [intent.name, guarded(intent)]))
}

/** Reading a client's value may run the client's code: a value that throws when it is read shows nothing. */
function guarded(intent: Intent): Intent {
  return {
    ...intent,
    truth: (...about) => {
      try {
        return intent.truth(...about)
      } catch (error) {
        if (error instanceof AssertionError) throw error
        return undefined
      }
    },
  }
}
