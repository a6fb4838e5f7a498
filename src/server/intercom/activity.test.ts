import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { noLevers } from '../service.ts'
import { activityTopics } from './activity.ts'
import { ask, json, startSeconds, testIntercom } from './asking.ts'
import { contactFields, conversationFields, partFields } from './shapes.ts'

const act = (intercom = testIntercom(), topic: string = 'conversation.user.replied', seed = 1, attachment = false) =>
  intercom.act('ours', topic, 5_000, createPrng('activity', seed), { attachment })

type Part = { readonly attachments: readonly Record<string, unknown>[]; readonly author: Record<string, unknown> }

function partsOf(item: Readonly<Record<string, unknown>>): readonly Part[] {
  return (item['conversation_parts'] as { conversation_parts: readonly Part[] }).conversation_parts
}

function pathOf(entity: string | undefined): string {
  const [kind, id] = (entity ?? '').split(':')
  return `/${kind}s/${id}`
}

test('a customer replies: a new version of the conversation, told with its newest part alone', () => {
  const intercom = testIntercom()
  const { effects, notification } = act(intercom)
  const { entity, item, topic } = notification
  expect(effects).toEqual([{ entity, version: 2, change: 'reply added' }])
  expect(topic).toBe('conversation.user.replied')
  expect(Object.keys(item)).toEqual([...conversationFields, 'conversation_parts'])
  expect(item).toMatchObject({ state: 'open', waiting_since: startSeconds + 5, updated_at: startSeconds + 5 })
  const parts = partsOf(item)
  expect(parts).toHaveLength(1)
  expect(Object.keys(parts[0]!)).toEqual(partFields)
  expect(parts[0]).toMatchObject({ author: { type: 'user' }, attachments: [] })
  const read = ask(intercom, 'GET', pathOf(entity), { at: 6_000 })
  expect(read.contains).toEqual({ [entity!]: 2 })
  expect(json(read)['conversation_parts']!['conversation_parts']!.at(-1)).toEqual(parts[0])
})

test.for(['conversation.user.replied', 'conversation.user.created'])('%s can carry a file', (topic) => {
  const { notification } = act(testIntercom(), topic, 1, true)
  const [part] = partsOf(notification.item)
  expect(part?.attachments).toMatchObject([{ type: 'upload', url: expect.stringMatching(/^https:/u) }])
})

test('a file that the API does not show is not told either', () => {
  const intercom = testIntercom()
  intercom.under(() => ({ ...noLevers, attachmentLagMs: 60_000 }))
  expect(partsOf(act(intercom, 'conversation.user.replied', 1, true).notification.item)[0]?.attachments).toEqual([])
})

test('what is told does not lag behind, even when the replicas do', () => {
  const intercom = testIntercom()
  intercom.under(() => ({ ...noLevers, replicaLagMs: 60_000 }))
  const { effects, notification } = act(intercom, 'conversation.user.created')
  expect(effects).toMatchObject([{ entity: notification.entity, version: 1 }])
})

test.for([
  ['conversation.user.replied', { conversations: 0 }, 'no conversation that a customer could reply to'],
  ['contact.user.updated', { contacts: 0, conversations: 0 }, 'no contact'],
] as const)('%s in a workspace too empty for it is a mistake of who wrote it', ([topic, options, says]) => {
  expect(() => act(testIntercom(options), topic)).toThrow(says)
})

test('a customer opens a conversation', () => {
  const intercom = testIntercom()
  const { effects, notification } = act(intercom, 'conversation.user.created')
  const { entity, item } = notification
  expect(effects).toEqual([{ entity, version: 1, change: 'conversation opened' }])
  expect(item).toMatchObject({ created_at: startSeconds + 5, source: { delivered_as: 'customer_initiated' } })
  expect(partsOf(item)).toEqual([])
  expect(ask(intercom, 'GET', pathOf(entity)).status).toBe(200)
})

test('somebody new comes', () => {
  const intercom = testIntercom()
  const { effects, notification } = act(intercom, 'contact.user.created')
  const { entity, item } = notification
  expect(effects).toMatchObject([{ entity, version: 1, key: item['external_id'] }])
  expect(Object.keys(item)).toEqual(contactFields)
  expect(json(ask(intercom, 'GET', pathOf(entity)))).toMatchObject({ id: item['id'], name: item['name'] })
})

test('a colleague edits a contact: always a change', () => {
  const intercom = testIntercom()
  const versions = [1, 1, 1].map((seed) => act(intercom, 'contact.user.updated', seed).effects[0]?.version)
  expect(versions).toEqual([2, 3, 4])
})

test.for(activityTopics)('%s: the same stream lets the same happen', (topic) => {
  expect(act(testIntercom(), topic)).toEqual(act(testIntercom(), topic))
  expect(act(testIntercom(), topic).notification).not.toEqual(act(testIntercom(), topic, 2).notification)
})

test('it costs nothing of the quota', () => {
  const remaining = (happenings: number) => {
    const intercom = testIntercom()
    for (let nth = 0; nth < happenings; nth += 1) act(intercom, 'contact.user.updated', nth)
    return ask(intercom, 'GET', '/me', { at: 5_000 }).headers.find(([name]) => name === 'x-ratelimit-remaining')
  }
  expect(remaining(20)).toEqual(remaining(0))
})

test('the app of the workspace is named as the API names it', () => {
  const intercom = testIntercom()
  expect(act(intercom).notification.appId).toBe(json(ask(intercom, 'GET', '/me'))['app']!['id_code'])
})

test.for<[string, string, string]>([
  ['nowhere', 'conversation.user.replied', 'There is no workspace nowhere.'],
  ['ours', 'ping', 'Nothing happens under the topic ping.'],
  ['ours', 'constructor', 'Nothing happens under the topic constructor.'],
])('in %s, %s is a mistake of ours', ([workspace, topic, message]) => {
  expect(() => testIntercom().act(workspace, topic, 0, createPrng('x'))).toThrow(message)
})
