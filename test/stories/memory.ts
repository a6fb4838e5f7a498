// Stories of the oracles about caches, order and notifications.

import type { Promises } from '#history/promises.ts'
import { minute, type Story } from '../history-builder.ts'
import { deliver } from '../webhook-stories.ts'
import type { Stories } from './story-pair.ts'

const entity = 'contact:1'
const conversation = 'conversation:7'

/** Writes whose order is promised. */
export const orderedPromises: Promises = {
  'message.relay': { withinMs: 10_000, degrade: [{ kind: 'queue', maxDelayMs: 30 * minute }], order: 'conversation' },
  'contact.upsert': { withinMs: 10_000, degrade: [{ kind: 'queue', maxDelayMs: 30 * minute }], order: 'externalId' },
}

/** A fault answers one contact with an error, others are answered, and the first is asked for again. */
export function askedAgainAfterError(story: Story, afterMs: number, asks: boolean): void {
  const at = 20 * minute
  const first = story.ask('contact.read', { at, entity })
  story.attempt(first, { at, ends: 500, hit: 'respond' })
  story.event(at + 100, errorOf(first, 500))
  const againAt = at + 100 + afterMs
  for (const before of [4_000, 2_000]) story.read({ at: againAt - before, entity: 'contact:2' })
  if (asks) {
    story.read({ at: againAt, entity })
    return
  }
  const again = story.ask('contact.read', { at: againAt, entity })
  story.event(againAt + 1, errorOf(again, 500))
}

export function errorOf(operation: number, status: number) {
  const error = { name: 'Error', message: 'failed', status }
  return { kind: 'operation.error', operation, error, timersLeft: 0 } as const
}

/** Reads that all come while the first is being answered. */
export function crowd(story: Story, readers: number, requests: number): void {
  for (let index = 0; index < readers; index += 1) {
    const at = 20 * minute + index * 10
    const read = story.ask('contact.read', { at, entity })
    if (index < requests) story.attempt(read, { at, took: 2_000, ends: 200, contains: { [entity]: 1 } })
    story.ok(read, { at: 20 * minute + 2_000 + index * 10, truth: { entity } })
  }
}

/** What one process shows of one contact, by version. */
export function shown(story: Story, versions: readonly number[], taught: readonly number[] = versions): void {
  versions.forEach((version, index) => {
    const at = 20 * minute + index * 10_000
    const read = story.ask('contact.read', { at, entity })
    const answered = taught[index]
    if (answered !== undefined && answered > 0) story.attempt(read, { at, ends: 200, contains: { [entity]: answered } })
    story.ok(read, { at: at + 200, truth: { entity, matched: version, current: Math.max(...versions) } })
  })
}

/** The first is queued and sent at one time, the second is asked for a minute later and sent at another. */
export function twoRelays(story: Story, firstSentAt: number, secondSentAt: number, order = '7'): void {
  const first = story.ask('message.relay', { at: '20m', key: 'a', entity: conversation, order: '7' })
  story.ok(first, { at: '20m', result: 'queued' })
  const second = story.ask('message.relay', { at: '21m', key: 'b', entity: conversation, order })
  story.ok(second, { at: '21m', result: 'queued' })
  relaySent(story, 'a', firstSentAt)
  relaySent(story, 'b', secondSentAt)
}

export function relaySent(story: Story, key: string, at: number, ends = 200): void {
  const commits = { entity: conversation, key }
  const route = '/conversations/{id}/reply'
  story.attempt(null, { at, method: 'POST', route, key, bodyHash: key, ends, ...(ends === 200 && { commits }) })
}

/** A change of one contact; what a hash stands for is the new name. */
export function changed(story: Story, name: string, at: number, ends: number, version = 0): void {
  const commits = { entity, key: 'customer', version, change: 'contact updated' }
  const route = '/contacts/{id}'
  story.attempt(null, { at, method: 'PUT', route, entity, bodyHash: name, ends, ...(ends === 200 && { commits }) })
}

export function twoEdits(story: Story): void {
  for (const at of ['20m', '21m']) {
    const asked = story.ask('contact.upsert', { at, key: 'customer', entity, order: 'customer' })
    story.ok(asked, { at, result: 'queued' })
  }
}

/** Asked for once in ten seconds during the recovery; from `backAt` on the API is asked again. */
export function recovering(story: Story, backAt: number): void {
  for (let at = 31 * minute; at < 60 * minute; at += 10_000) {
    if (at < backAt) {
      const read = story.ask('contact.read', { at, entity })
      story.ok(read, { at: at + 1, result: 'stale', ageMs: 600_000, truth: { entity } })
    } else story.read({ at, entity })
    story.read({ at: at + 1_000, entity: 'contact:2', load: 'control' })
  }
}

export function delivered(story: Story, count: number, answer: number | 'timeout', of = count): void {
  for (let index = 0; index < of; index += 1) {
    const at = 20 * minute + index * 30_000
    const after = index < count && answer === 'timeout' ? 5_000 : 10
    deliver(story, index + 1, { at, id: `notif_${index}`, answer: index < count ? answer : 200, after })
  }
}

export const memoryStories: Stories = {
  'errors-are-not-cached': {
    pass: (story) => askedAgainAfterError(story, 2 * minute, true),
    fail: (story) => askedAgainAfterError(story, 2 * minute, false),
  },
  'asks-once-at-a-time': {
    pass: (story) => crowd(story, 20, 1),
    fail: (story) => crowd(story, 20, 20),
  },
  'never-goes-back': {
    pass: (story) => shown(story, [1, 2, 2]),
    fail: (story) => shown(story, [1, 2, 1], [1, 2, 0]),
  },
  'keeps-write-order': {
    header: { promises: orderedPromises },
    pass: (story) => twoRelays(story, 31 * minute, 32 * minute),
    fail: (story) => twoRelays(story, 32 * minute, 31 * minute),
  },
  'older-write-never-wins': {
    header: { promises: orderedPromises },
    pass: (story) => {
      twoEdits(story)
      changed(story, 'Ann', 22 * minute, 503)
      changed(story, 'Ann', 31 * minute, 200, 2)
      changed(story, 'Bea', 32 * minute, 200, 3)
    },
    fail: (story) => {
      twoEdits(story)
      changed(story, 'Ann', 22 * minute, 503)
      changed(story, 'Bea', 31 * minute, 200, 2)
      changed(story, 'Ann', 32 * minute, 200, 3)
    },
  },
  'sends-while-useful': {
    pass: (story) => {
      const asked = story.ask('conversation.reply', { at: '20m', key: 'a', entity: conversation })
      story.ok(asked, { at: '20m', result: 'queued' })
      relaySent(story, 'a', 24 * minute)
    },
    fail: (story) => {
      const asked = story.ask('conversation.reply', { at: '20m', key: 'a', entity: conversation })
      story.ok(asked, { at: '20m', result: 'queued' })
      relaySent(story, 'a', 24 * minute, 503)
      relaySent(story, 'a', 40 * minute)
    },
  },
  'leaves-the-fallback': {
    pass: (story) => recovering(story, 33 * minute),
    fail: (story) => recovering(story, 60 * minute),
  },
  'answers-notifications-promptly': {
    pass: (story) => delivered(story, 0, 200, 20),
    fail: (story) => delivered(story, 5, 'timeout', 20),
  },
}
