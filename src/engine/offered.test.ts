import { expect, test } from 'vitest'
import type { Client, ClientDefinition } from '#client/client.ts'
import { isUserError } from '#context/user-error.ts'
import { parseScenario } from '#scenario/parse.ts'
import type { Instance } from './instance.ts'
import { offered } from './offered.ts'

const hang = 'hang, where: { region: au }'

function scenarioWith(...kinds: readonly string[]) {
  const faults = kinds.map((kind, index) => `  fault${index}: { kind: ${kind}, from: 10:10Z, until: 10:20Z }`)
  const text = `scenario: small
title: Something goes wrong
source: { document: none, date: 2026-01-05, severity: P3 }
run: { from: 10:00Z, until: 11:00Z }
world: { workspaces: { ours: { region: au } } }
load:
  reads: { do: contact.read, every: 30s }
activity:
  mail: { topic: conversation.user.created, every: 1m }
faults:
${faults.join('\n')}
phases: { trouble: 10:10Z, recovery: 10:20Z }
evidence: { documented: {}, assumed: [world, load, activity, faults] }
`
  return parseScenario(text, 'small.yaml', null)
}

const definition = { name: 'mine' } as ClientDefinition
const reader: Client = { operations: { 'contact.read': () => undefined } }
const listener: Client = { ...reader, webhook: () => undefined }

function lacks(scenario: ReturnType<typeof scenarioWith>, client: Client): readonly string[] | undefined {
  const instances = [{ alive: { client } }] as unknown as readonly Instance[]
  try {
    offered(scenario, definition, instances)
    return undefined
  } catch (error) {
    if (isUserError(error)) return error.lacks
    throw error
  }
}

test('a scenario in which only webhooks go wrong is none for a client without an endpoint', () => {
  const late = scenarioWith('webhook-drop', 'webhook-forge')
  expect(lacks(late, reader)).toEqual(['webhook'])
  expect(lacks(late, listener)).toBeUndefined()
})

test('where something else goes wrong too it is judged by that', () => {
  expect(lacks(scenarioWith('webhook-drop', hang), reader)).toBeUndefined()
})

test('nothing that is asked for, and no endpoint either', () => {
  expect(lacks(scenarioWith(hang), { operations: {} })).toEqual(['contact.read', 'webhook'])
  expect(lacks(scenarioWith(hang), { ...listener, operations: {} })).toBeUndefined()
})
