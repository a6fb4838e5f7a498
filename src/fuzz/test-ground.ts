// Ground for tests: the rich sample scenario, and the fault-free run of a client that reads and replies in it.

import { createStory } from '../../test/history-builder.ts'
import { parseScenario } from '#scenario/parse.ts'
import { rich } from '#scenario/sample.ts'
import type { History } from '#history/history.ts'
import { groundOf, type Ground } from './ground.ts'

export const nominal: History = nominalRun()

export function sampleGround(): Ground {
  const ground = groundOf(parseScenario(rich, 'sample.yaml'), rich, nominal)
  if (!ground) throw new Error('The client of the sample sends something.')
  return ground
}

function nominalRun(): History {
  const story = createStory({
    promises: {
      'contact.read': { withinMs: 10_000, freshMs: 30_000, degrade: [{ kind: 'stale', maxAgeMs: 3_600_000 }] },
      'conversation.reply': { withinMs: 4_000, degrade: [{ kind: 'error' }] },
    },
  })
  for (let minute = 0; minute < 30; minute += 1) {
    story.read({ at: minute * 60_000 + 500, workspace: minute % 2 === 0 ? 'ours' : 'sibling' })
    const reply = story.ask('conversation.reply', { at: minute * 60_000 + 20_000, workspace: 'ours' })
    story.attempt(reply, {
      at: minute * 60_000 + 20_000,
      method: 'POST',
      route: '/conversations/{id}/reply',
      workspace: 'ours',
      ends: 200,
    })
    story.ok(reply, { at: minute * 60_000 + 20_100 })
  }
  return story.history()
}
