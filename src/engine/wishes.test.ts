import { expect, test } from 'vitest'
import type { Intent } from '#server/intent.ts'
import { Wishes } from './wishes.ts'
import type { Request } from './workload.ts'

/** Asks for a name of `thing:<key>`; the entity that was changed is named after what it holds now. */
function request(name: string, key: string | undefined, workspace = 'ours', hasContent = true): Request {
  const content: Intent['content'] = {
    fields: ['name'],
    lacking: (_of, { input }, entity) => (entity === `thing:${String(input)}` ? [] : ['name']),
  }
  const intent: Intent = {
    name: 'thing.name',
    effect: 'write',
    draw: () => ({ input: name }),
    truth: () => undefined,
    ...(hasContent && { content }),
  }
  const load = { workspace } as Request['load']
  return { operation: 0, at: 0, nth: 1, load, intent, ask: { input: name, ...(key !== undefined && { key }) } }
}

const change = (holds: string, key: string | undefined) => {
  return { entity: `thing:${holds}`, version: 2, change: 'named', ...(key !== undefined && { key }) }
}

test('a change is held against all that was asked for under its key', () => {
  const wishes = new Wishes()
  wishes.add(1, request('Ada', 'a'))
  wishes.add(2, request('Bea', 'a'))
  wishes.add(3, request('Ada', 'a'))
  wishes.add(4, request('Ada', 'b'))
  wishes.add(5, request('Ada', 'a', 'sibling'))
  wishes.add(6, request('Ada', 'a', 'ours', false))
  wishes.add(7, request('Ada', undefined))
  expect(wishes.held('ours', change('Ada', 'a'))).toEqual({ fulfils: [1, 3] })
  expect(wishes.held('ours', change('Cleo', 'a'))).toEqual({ lacks: ['name'] })
  expect(wishes.held('sibling', change('Ada', 'a'))).toEqual({ fulfils: [5] })
})

test('what nobody asked for fulfils and lacks nothing', () => {
  const wishes = new Wishes()
  wishes.add(1, request('Ada', 'a'))
  for (const [workspace, key] of [
    ['ours', 'z'],
    ['ours', undefined],
    [null, 'a'],
  ] as const)
    expect(wishes.held(workspace, change('Ada', key))).toEqual({})
})
