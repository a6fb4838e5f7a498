// Goal: what a client says of itself reaches the record: declared before anything happens, the first time that it held and that it
// did not, and how often; the same after a restart, in a fleet, and in a cell that played before.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resolveClient } from '#client/resolve-client.ts'
import { createCrew } from '#engine/crew.ts'
import { run } from '#engine/run.ts'
import type { History } from '#history/history.ts'
import { always, reachable, sometimes } from 'brownout'
import { replayed } from './replayed.ts'

const scenario = (more: string): string => `scenario: outspoken
title: The API fails for a while
source: { document: seeds/002, date: 2026-04-27, severity: P4 }
run: { from: 11:00Z, until: 11:10Z, instances: 2 }
world: { workspaces: { ours: { region: us } } }
load: { reads: { do: contact.read, every: 30s } }
faults: { down: { kind: status, from: 11:04Z, until: 11:07Z, with: { code: 503 } } }
phases: { onset: 11:04Z, recovery: 11:07Z }
evidence: { documented: {}, assumed: [world, load, faults${more.includes('actions') ? ', actions' : ''}] }
${more}`

const seenIn = (history: History) =>
  history.all('property.seen').map(({ property, holds, instance, operation, details }) => {
    return [property, holds, instance, operation === null ? 'nobody' : 'operation', details ?? '']
  })

test('what is declared is there before anything happens, and what was seen is there once', () => {
  const { history } = replayed(scenario(''), 'outspoken')
  const [, ...first] = Array.from(history).slice(0, 6)
  expect(first.map((event) => event.kind === 'property.declared' && [event.type, event.property, event.by])).toEqual([
    ['always', 'the count only grows', 'client'],
    ['sometimes', 'a read fails', 'client'],
    ['reachable', 'a place nobody comes by', 'client'],
    ['reachable', 'a process starts', 'client'],
    ['always', 'nobody looks at this', 'client'],
  ])
  expect(history.all('property.declared')).toHaveLength(6)
  expect(seenIn(history)).toEqual([
    ['a process starts', true, 0, 'nobody', '{"instance":0}'],
    ['declared with the process', true, 1, 'operation', 'ok'],
    ['a read fails', false, 1, 'operation', '{"status":200,"error":"Error: at Bearer [redacted]"}'],
    ['the count only grows', true, 1, 'operation', '{"count":1}'],
    ['the count only grows', false, 1, 'operation', '{"count":7}'],
    ['declared with the process', false, 1, 'operation', 'ok'],
    ['a read fails', true, 1, 'operation', '{"status":503,"error":"Error: at Bearer [redacted]"}'],
  ])
  expect(history.all('property.counted').map(({ property, held, broken }) => [property, held, broken])).toEqual([
    ['the count only grows', 6, 14],
    ['a read fails', 6, 14],
    ['a place nobody comes by', 0, 0],
    ['a process starts', 2, 0],
    ['nobody looks at this', 0, 0],
    ['declared with the process', 14, 6],
  ])
  expect(history.at(history.length - 1).kind).toBe('run.ended')
  expect(history.at(history.length - 2).kind).toBe('property.counted')
})

test('a restart declares nothing twice, and goes on counting', () => {
  const { history } = replayed(scenario('actions: [{ at: 11:05Z, do: restart }]\n'), 'outspoken')
  expect(history.all('client.restarted')).toHaveLength(2)
  expect(history.all('property.declared')).toHaveLength(6)
  const counted = history.all('property.counted').find(({ property }) => property === 'a process starts')
  expect(counted).toMatchObject({ held: 4, broken: 0 })
})

test('a cell that played before tells the same, and the verdicts name what broke', { timeout: 180_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'properties-'))
  const file = join(directory, 'outspoken.yaml')
  writeFileSync(file, scenario('properties: { reads-fail: { sometimes: error, load: reads, phase: onset } }\n'))
  const crew = createCrew(1)
  const play = async (name: string) => {
    const historyFile = join(directory, name)
    const client = resolveClient('./lives/outspoken.ts', import.meta.dirname)
    const signal = new AbortController().signal
    const options = { scenario: file, client, seed: '1', profile: 'default' as const, dropHosts: [], signal, crew }
    const result = await run({ ...options, historyFile })
    return { result, text: readFileSync(historyFile, 'utf8') }
  }
  const first = await play('first.ndjson')
  const second = await play('second.ndjson')
  crew.close()
  expect(second.text).toBe(first.text)
  expect(first.result).toMatchObject({ kind: 'judged', withoutFaults: true })
  const broken = first.result.kind === 'judged' && first.result.verdicts.find(({ oracle }) => oracle === 'always-holds')
  expect(broken).toMatchObject({ verdict: 'fail', sentence: expect.stringContaining('"the count only grows"') })
})

test('outside of a run nothing happens', () => {
  const holds = always('')
  holds(false)
  sometimes('x')(true, {
    get broken(): never {
      throw new Error('read')
    },
  })
  reachable('x')()
  expect(Reflect.get(globalThis, Symbol.for('brownout.properties'))).toBeUndefined()
})
