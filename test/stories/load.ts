// Stories of the oracles about load, queues and limits.

import { minute, type Story } from '../history-builder.ts'
import type { Stories } from './story-pair.ts'

/** So many reads of as many contacts at once, each in flight for a second. */
export function together(story: Story, count: number, at = 20 * minute): void {
  for (let index = 0; index < count; index += 1) story.read({ at, took: 1_000, entity: `contact:${index}` })
}

/** Requests that nobody asked for and nobody ends. */
export function hanging(story: Story, count: number, at = 20 * minute): void {
  for (let index = 0; index < count; index += 1) story.attempt(null, { at: at + index * 1_000, ends: 'never' })
}

/** A write that is queued, and sent then; never sent when `null`. */
export function queuedWrite(story: Story, key: string, at: number, sentAt: number | null): void {
  const entity = `contact:${key}`
  const asked = story.ask('contact.upsert', { at, key, entity })
  story.ok(asked, { at, result: 'queued' })
  if (sentAt !== null) story.attempt(null, { at: sentAt, method: 'POST', ends: 200, key, commits: { entity, key } })
}

export function queuedWrites(story: Story, count: number, sentAt: (index: number) => number | null): void {
  for (let index = 0; index < count; index += 1)
    queuedWrite(story, `k${index}`, 20 * minute + index * 1_000, sentAt(index))
}

/** Requests of nobody in particular, `gapMs` apart, answered with the limit of ten calls in a window: ten seconds unless told. */
export function paced(
  story: Story,
  count: number,
  gapMs: number,
  status = 200,
  from = 20 * minute,
  windowMs?: number,
): void {
  for (let index = 0; index < count; index += 1) {
    const at = from + index * gapMs
    const told = { resetAt: at + 1_000, ...(windowMs !== undefined && { windowMs }) }
    story.attempt(null, { at, took: 10, ends: status, answersIn: 10, entity: `contact:${index}`, ...told })
  }
}

/** Fifteen writes in each of `windows` windows in which ten calls are allowed: `sent` are done, the others end as `rest`. */
export function crowded(story: Story, windows: number, sent: number, rest: 'queued' | 'fresh' = 'queued'): void {
  for (let window = 0; window < windows; window += 1)
    for (let nth = 0; nth < 15; nth += 1) {
      const at = 20 * minute + window * 10_000 + nth * 500
      const write = story.ask('contact.upsert', { at, key: `k${window}/${nth}`, entity: `contact:${window}/${nth}` })
      const told = { ends: 200, resetAt: 20 * minute + (window + 1) * 10_000, left: 9 - nth } as const
      if (nth < sent) story.attempt(write, { at, took: 10, answersIn: 10, ...told })
      story.ok(write, { at: at + 20, result: nth < sent ? 'fresh' : rest })
    }
}

/** Reads every two seconds after the faults, the later ones with so many exchanges, all failed. */
export function afterwards(story: Story, exchanges: number): void {
  for (let at = 30 * minute; at < 60 * minute; at += 2_000) {
    const read = story.ask('contact.read', { at, entity: 'contact:1' })
    for (let nth = 0; nth < exchanges; nth += 1)
      story.attempt(read, { at: at + nth * 500, took: 100, ends: exchanges > 1 ? 503 : 200 })
    if (exchanges > 1) story.error(read, { at: at + 1_900 })
    else story.ok(read, { at: at + 100 })
  }
}

export const loadStories: Stories = {
  'bounded-concurrency': {
    header: { declares: { concurrency: 2 } },
    pass: (story) => together(story, 2),
    fail: (story) => together(story, 3),
  },
  'bounded-in-flight': {
    pass: (story) => hanging(story, 20),
    fail: (story) => hanging(story, 25),
  },
  'bounded-queue': {
    header: { declares: { queue: 3 } },
    pass: (story) => queuedWrites(story, 3, () => 35 * minute),
    fail: (story) => queuedWrites(story, 4, () => 35 * minute),
  },
  'keeps-turns': {
    pass: (story) => queuedWrites(story, 30, (index) => 31 * minute + index * 30_000),
    fail: (story) => queuedWrites(story, 30, (index) => (index === 0 ? 50 * minute : 31 * minute + index * 30_000)),
  },
  'stays-within-rate-limit': {
    pass: (story) => paced(story, 40, 1_000),
    fail: (story) => paced(story, 60, 100),
  },
  'storm-converges': {
    pass: (story) => paced(story, 40, 10_000, 429),
    fail: (story) => paced(story, 100, 1_000, 429),
  },
  'recovers-without-a-burst': {
    pass: (story) => paced(story, 60, 1_000, 200, 30 * minute),
    fail: (story) => paced(story, 80, 10, 200, 30 * minute),
  },
  'load-returns-to-normal': {
    pass: (story) => afterwards(story, 1),
    fail: (story) => afterwards(story, 3),
  },
}
