import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { createGraphMedia } from '../../graph-media/graph-media.ts'
import type { Ask, InputOf } from '../../intent.ts'
import { ask, json, requestOf, testIntercom } from '../asking.ts'
import type { Intercom } from '../intercom.ts'

const minute = 60_000
const day = 86_400_000

function fixture() {
  const startMs = Date.UTC(2026, 1, 6, 10)
  const graph = createGraphMedia({ startMs, random: createPrng('graph') })
  return { graph, intercom: testIntercom({ mediaSent: graph.sent, startMs }) }
}

function draw(intercom: Intercom, nth = 1, at = minute): Ask & { readonly input: InputOf<'media.fetch'> } {
  const asked = intercom.intents.get('media.fetch')?.draw('ours', nth, nth, createPrng('ask', nth), at)
  return asked as Ask & { readonly input: InputOf<'media.fetch'> }
}

function attach(intercom: Intercom, { conversation, contact }: InputOf<'media.fetch'>, files: object) {
  const body = { message_type: 'comment', type: 'user', intercom_user_id: contact.id, body: 'A file', ...files }
  const path = `/conversations/${conversation.id}/reply`
  return {
    facts: intercom.facts(requestOf(intercom, 'POST', path, { body })),
    reply: ask(intercom, 'POST', path, { body }),
  }
}

test('Meta knows the file that is asked for from when it was sent, for seven days', () => {
  const { graph, intercom } = fixture()
  const { media } = draw(intercom).input
  const statusAt = (at: number) => {
    const url = new URL(`https://graph.facebook.com/v23.0/${media.id}`)
    const headers = { authorization: `Bearer ${graph.token}` }
    return graph.handle({ method: 'GET', url, headers, body: '' }, at, createPrng('x')).status
  }
  expect([minute, 7 * day, 7 * day + minute].map(statusAt)).toEqual([200, 200, 400])
})

test('the file belongs to the customer of the conversation, and is the same when it is drawn again', () => {
  const { intercom } = fixture()
  const { input, entity, key } = draw(intercom)
  const conversation = json(ask(intercom, 'GET', `/conversations/${input.conversation.id}`))
  expect(conversation['contacts']!['contacts']![0]).toMatchObject({
    id: input.contact.id,
    external_id: input.contact.externalId,
  })
  expect({ entity, key }).toEqual({ entity: `media:${input.media.id}`, key: `media-${input.media.id}` })
  expect(draw(intercom)).toEqual(draw(fixture().intercom))
  expect(draw(intercom, 2).key).not.toBe(key)
})

test.for<[string, (id: string) => object]>([
  ['the address that Meta gave', (id) => ({ attachment_urls: [`https://lookaside.fbsbx.com/x/?mid=${id}&ext=1`] })],
  ['a copy of ours', (id) => ({ attachment_urls: [`https://files.example/whatsapp/${id}.ogg`] })],
  ['the file itself', (id) => ({ attachment_files: [{ content_type: 'audio/ogg', data: 'AAAA', name: `${id}.ogg` }] })],
])('attached as %s, it carries the key of the ask into the effect', ([, files]) => {
  const { intercom } = fixture()
  const { input, key } = draw(intercom)
  const { facts, reply } = attach(intercom, input, files(input.media.id))
  expect(facts).toMatchObject({ key, entity: `conversation:${input.conversation.id}` })
  expect(reply.effects).toMatchObject([{ key, change: 'reply added' }])
  const parts = json(reply)['conversation_parts']!['conversation_parts']!
  expect(parts.at(-1)!['attachments']).toHaveLength(1)
})

test('attached twice, it is there twice under one key', () => {
  const { intercom } = fixture()
  const { input, key } = draw(intercom)
  const files = { attachment_urls: [`https://files.example/${input.media.id}`] }
  const effects = [1, 2].flatMap(() => attach(intercom, input, files).reply.effects)
  expect(effects.map((effect) => effect.key)).toEqual([key, key])
})

test('a reply that names no media carries no key of one', () => {
  const { intercom } = fixture()
  const files = { attachment_urls: ['https://files.example/photo.jpg'] }
  expect(attach(intercom, draw(intercom).input, files).reply.effects[0]).not.toHaveProperty('key')
})

test('what is handed over is compared as the conversation that it was attached to', () => {
  const { intercom } = fixture()
  const asked = draw(intercom)
  const { reply } = attach(intercom, asked.input, {
    attachment_urls: [`https://files.example/${asked.input.media.id}`],
  })
  const truth = (value: unknown) => intercom.intents.get('media.fetch')?.truth('ours', asked, value)
  expect(truth(json(reply))).toMatchObject({ matched: 2, current: 2, foreign: false, invented: [] })
  expect(truth({ id: asked.input.media.id, mime_type: 'audio/ogg' })).toBeUndefined()
  expect(truth(undefined)).toBeUndefined()
  expect(truth({ ...json(reply), state: 'lost' })).toMatchObject({ invented: ['state'] })
})
