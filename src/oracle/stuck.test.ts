import { expect, test } from 'vitest'
import type { Header } from '#history/header.ts'
import { minute, type Story } from '../../test/history-builder.ts'
import { storyOf } from '../../test/judging.ts'
import { queuedWrite } from '../../test/stories/load.ts'
import { drains } from './stuck.ts'

/** When the faults of these stories are lifted, half an hour before the run ends. */
const lift = 30 * minute

function promising(maxDelayMs: number): Partial<Header> {
  return { promises: { 'contact.upsert': { degrade: [{ kind: 'queue', maxDelayMs }] } } }
}

function drained(tell: (story: Story) => void, maxDelayMs = 300 * minute, patienceMs = minute) {
  const found = drains(storyOf({ header: promising(maxDelayMs), tell }), patienceMs)
  return found.map(({ from, waited, left, isInTime }) => [from / minute, waited.length, left.length, isInTime])
}

const waits = (story: Story): void => queuedWrite(story, 'a', 20 * minute, null)

test('who is patient for as long as there was time sees what is left, and no longer', () => {
  expect(drained(waits, 300 * minute, 30 * minute)).toEqual([[30, 1, 1, false]])
  expect(drained(waits, 300 * minute, 30 * minute + 1)).toEqual([])
})

test.for<[title: string, tell: (story: Story) => void, drain: readonly unknown[] | undefined]>([
  ['queued right before the lift', (story) => queuedWrite(story, 'a', lift - 1, null), [30, 1, 1, false]],
  ['queued in the moment of the lift', (story) => queuedWrite(story, 'a', lift, null), undefined],
  ['sent right after the lift', (story) => queuedWrite(story, 'a', 20 * minute, lift + 1), [30, 1, 0, true]],
  ['sent in the moment of the lift', (story) => queuedWrite(story, 'a', 20 * minute, lift), undefined],
  ['tried in vain from the lift on', (story) => (waits(story), tried(story, lift)), [30, 1, 0, true]],
  ['tried in vain before the lift', (story) => (waits(story), tried(story, lift - 1)), [30, 1, 1, false]],
])('what waited when the faults were lifted: %s', ([, tell, drain]) => {
  expect(drained(tell)).toEqual(drain === undefined ? [] : [drain])
})

function tried(story: Story, at: number): void {
  story.attempt(null, { at, method: 'POST', key: 'a', ends: 503 })
}

test('what is due before the run ends is judged by its own promise', () => {
  expect(drained(waits, 40 * minute)).toEqual([])
  expect(drained(waits, 40 * minute + 1)).toEqual([[30, 1, 1, false]])
})

/** Two went out in half an hour, so that the third takes a quarter of an hour more. */
function oneOfThree(story: Story): void {
  waits(story)
  for (const key of ['b', 'c']) queuedWrite(story, key, 10 * minute, 40 * minute)
}

test('at the pace of what went out the rest goes out in time, or does not', () => {
  expect(drained(oneOfThree, 55 * minute)).toEqual([[30, 3, 1, true]])
  expect(drained(oneOfThree, 55 * minute - 1)).toEqual([[30, 3, 1, false]])
})

test('in time is before the last of the rest is due', () => {
  const tell = (story: Story): void => {
    queuedWrite(story, 'old', 10 * minute, null)
    waits(story)
    for (const key of ['b', 'c']) queuedWrite(story, key, 15 * minute, 40 * minute)
  }
  expect(drained(tell, 70 * minute)).toEqual([[30, 4, 2, true]])
  expect(drained(tell, 70 * minute - 1)).toEqual([[30, 4, 2, false]])
})

test('a restart and an action begin it anew', () => {
  const tell = (story: Story): void => {
    waits(story)
    story.event('40m', { kind: 'client.restarted', instance: 0, orderly: true })
    story.event('35m', { kind: 'client.restarted', instance: 1, orderly: true })
  }
  expect(drained(tell)).toEqual([[40, 1, 1, false]])
})

test('each process and workspace is looked at by itself', () => {
  const tell = (story: Story): void => {
    waits(story)
    for (const facts of [{ instance: 1 }, { workspace: 'sibling' }]) {
      const asked = story.ask('contact.upsert', { at: '20m', key: 'z', entity: 'contact:z', ...facts })
      story.ok(asked, { at: '20m', result: 'queued' })
    }
  }
  expect(drained(tell)).toHaveLength(3)
})
