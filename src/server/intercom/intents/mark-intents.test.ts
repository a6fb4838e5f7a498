import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import type { InputOf } from '../../intent.ts'
import { ask, json, testIntercom } from '../asking.ts'

function world(name: string) {
  const intercom = testIntercom()
  const intent = intercom.intents.get(name)!
  const draw = (rank: number, nth = 0) => intent.draw('ours', rank, nth, createPrng('ask', name, nth), 0)
  const asked = draw(0)
  const truth = (value: unknown, of = asked) => intent.truth('ours', of, value)
  return { intercom, draw, asked, truth }
}

function tagged() {
  const { intercom, draw, asked, truth } = world('tag.add')
  const { contact, tag } = asked.input as InputOf<'tag.add'>
  const { id } = json(ask(intercom, 'POST', '/tags', { body: { name: tag } }))
  const reply = ask(intercom, 'POST', `/contacts/${contact.id}/tags`, { body: { id }, at: 1_000 })
  return { intercom, contact, id: String(id), reply, draw, asked, truth }
}

function noted() {
  const { intercom, draw, asked, truth } = world('note.add')
  const { contact, body } = asked.input as InputOf<'note.add'>
  const add = () => ask(intercom, 'POST', `/contacts/${contact.id}/notes`, { body: { body } })
  return { intercom, contact, add, draw, asked, truth }
}

test('what a tag commits carries the key of its ask', () => {
  const { id, reply, asked, truth } = tagged()
  expect(reply.effects).toMatchObject([{ entity: asked.entity, key: asked.key }])
  expect(truth(json(reply))).toMatchObject({ entity: `tag:${id}`, matched: 1, foreign: false, invented: [] })
})

test('another tag than the one asked for is foreign', () => {
  const { intercom, truth } = tagged()
  const other = json(ask(intercom, 'POST', '/tags', { body: { name: 'another' } }))
  expect(truth(other)).toMatchObject({ matched: null, foreign: true })
})

test('the same note twice is the same business twice', () => {
  const { add, asked, truth } = noted()
  const [first, second] = [add(), add()]
  for (const { effects } of [first, second])
    expect(effects).toMatchObject([{ key: asked.key, version: 1, change: 'note added' }])
  expect(first.effects[0]?.entity).not.toBe(second.effects[0]?.entity)
  expect(truth(json(second))).toMatchObject({ matched: 1, current: 1, foreign: false, invented: [] })
})

test('a note on somebody else is foreign, one with another text invented', () => {
  const { add, draw, truth } = noted()
  const note = json(add()) as unknown as Record<string, unknown>
  expect(truth(note, draw(1))).toMatchObject({ foreign: true })
  expect(truth({ ...note, body: '<p>else</p>' })).toMatchObject({ matched: null, invented: ['body'] })
})

test.for(['tag.add', 'note.add'])('%s may hand over the contact instead, and nothing else is compared', (name) => {
  const { intercom, asked, truth } = world(name)
  const { contact } = asked.input as InputOf<'note.add'>
  const shown = json(ask(intercom, 'GET', `/contacts/${contact.id}`))
  expect(truth(shown)).toMatchObject({ entity: asked.entity, matched: 1, invented: [] })
  expect(truth({ id: contact.id, done: true })).toBeUndefined()
})

test('a tag is asked for by few names', () => {
  const { draw } = world('tag.add')
  const names = Array.from({ length: 60 }, (_, nth) => (draw(nth, nth).input as InputOf<'tag.add'>).tag)
  expect(new Set(names).size).toBe(6)
})

test('the list of admins is judged by the worst of them', () => {
  const { intercom, truth } = world('admin.list')
  const list = json(ask(intercom, 'GET', '/admins'))
  const [first, ...others] = list['admins'] as unknown as Record<string, unknown>[]
  expect(truth(list)).toMatchObject({ entity: `admin:${String(first?.['id'])}`, matched: 1, invented: [] })
  expect(truth([...others, { ...first, name: 'Nobody' }])).toMatchObject({ matched: null, invented: ['name'] })
})
