// Stories of the oracles about what clients and scenarios say of themselves.

import type { PropertyKind } from '#history/event.ts'
import type { PropertyMark } from '#history/header.ts'
import type { Story } from '../history-builder.ts'
import type { Stories } from './story-pair.ts'

/** What the scenario of a story states. */
export function stated(
  type: PropertyMark['type'],
  outcome: PropertyMark['outcome'],
  phase: string | null = null,
): PropertyMark {
  return { name: 'stated', type, outcome, load: 'reads', phase }
}

/** A property of the client, held and broken so often, the first time 20 minutes into the story. */
export function tellProperty(story: Story, type: PropertyKind, property: string, held: number, broken: number): void {
  story.event(0, { kind: 'property.declared', property, type, by: 'client' })
  const seen = { kind: 'property.seen', property, instance: 0, operation: null } as const
  if (held > 0) story.event('20m', { ...seen, holds: true })
  if (broken > 0) story.event('20m1s', { ...seen, holds: false, details: '{"queued":12}' })
  story.event('60m', { kind: 'property.counted', property, held, broken })
}

function readsEnding(story: Story, result: 'fresh' | 'stale' | 'error'): void {
  const asked = story.ask('contact.read', { at: '20m' })
  if (result === 'error') story.error(asked, { at: '20m1s' })
  else story.ok(asked, { at: '20m1s', result })
}

export const propertiesStories: Stories = {
  'always-holds': {
    header: { properties: [stated('always', 'ok')] },
    pass: (story) => {
      tellProperty(story, 'always', 'the queue is bounded', 3, 0)
      readsEnding(story, 'stale')
    },
    fail: (story) => {
      tellProperty(story, 'always', 'the queue is bounded', 3, 2)
      readsEnding(story, 'stale')
    },
  },
  'sometimes-happens': {
    header: { properties: [stated('sometimes', 'stale')] },
    pass: (story) => {
      tellProperty(story, 'sometimes', 'a copy is shown', 1, 4)
      readsEnding(story, 'stale')
    },
    fail: (story) => {
      tellProperty(story, 'sometimes', 'a copy is shown', 1, 4)
      readsEnding(story, 'error')
    },
  },
}
