import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { ask, json, startSeconds, testIntercom } from './asking.ts'
import type { Intercom } from './intercom.ts'
import { parseWorkspaceFile } from './workspace-file.ts'

const folder = join(import.meta.dirname, '../../../fixtures/workspaces')
const smallShop = readFileSync(join(folder, 'small-shop.json'), 'utf8')

const admin = { name: 'Ciara', email: 'ciara@shop.example' }
const ada = { external_id: 'ada', email: 'ada@lovelace.example' }
const bela = { external_id: 'bela', email: 'bela@lovelace.example' }

function shop(more: Record<string, unknown> = {}): string {
  return JSON.stringify({ admins: [admin], contacts: [ada, bela], ...more }, null, 1)
}

function told(text: string, startedAt?: number): string {
  try {
    parseWorkspaceFile('shop.json', text, startedAt)
    return 'nothing'
  } catch (error) {
    if (isUserError(error)) return error.toString()
    throw error
  }
}

test.for(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s is sound', (name) => {
  expect(told(readFileSync(join(folder, name), 'utf8'))).toBe('nothing')
})

const conversation = (more: Record<string, unknown>) =>
  shop({ conversations: [{ contact: 'ada', body: 'Hi', ...more }] })

test.for<[string, string, RegExp]>([
  [
    'a conversation of nobody',
    conversation({ contact: 'adda' }),
    /^shop\.json:\d+:\d+: `contact` refers to the unknown external_id "adda"\nDid you mean `ada`\?$/u,
  ],
  [
    'an assignee who is nobody',
    conversation({ assignee: 'x@y.example' }),
    /`assignee` refers to the unknown admin email/u,
  ],
  [
    'a part of nobody',
    conversation({ parts: [{ admin: 'zoe@zoe.example', body: 'x' }] }),
    /`admin` refers to the unknown admin email/u,
  ],
  [
    'a company that is not there',
    shop({ contacts: [{ ...ada, companies: ['acme'] }] }),
    /`companies` refers to the unknown company_id "acme"/u,
  ],
  [
    'the same id twice',
    shop({
      contacts: [
        { ...ada, id: 'a'.repeat(24) },
        { ...bela, id: 'a'.repeat(24) },
      ],
    }),
    /the contact id "a+" comes twice/u,
  ],
  [
    'the same external id twice',
    shop({ contacts: [ada, { ...bela, external_id: 'Ada' }] }),
    /the external_id "Ada" comes twice/u,
  ],
  [
    'the same email twice',
    shop({ contacts: [ada, { ...bela, email: ada.email }] }),
    /the contact email "\[email\]" comes twice/u,
  ],
  [
    'the same company twice',
    shop({ companies: [{ company_id: 'a' }, { company_id: 'a' }] }),
    /the company_id "a" comes twice/u,
  ],
  [
    'the same conversation twice',
    shop({ conversations: ['1', '1'].map((id) => ({ id, contact: 'ada', body: 'x' })) }),
    /the conversation id "1" comes twice/u,
  ],
  ['an unknown key', shop({ contact: [] }), /a workspace has no "contact"\nDid you mean `contacts`\?/u],
  [
    'an unknown key of a contact',
    shop({ contacts: [{ ...ada, externalId: 'x' }] }),
    /a contact has no "externalId"\nDid you mean `external_id`\?/u,
  ],
  ['a missing key', shop({ contacts: [{ external_id: 'ada' }] }), /a contact needs `email`/u],
  ['nobody at all', shop({ contacts: [] }), /a workspace needs at least 1 of `contacts`/u],
  ['no admins', shop({ admins: undefined }), /a workspace needs at least 1 of `admins`/u],
  ['a list that is none', shop({ contacts: {} }), /`contacts` must be a list/u],
  ['a contact that is text', shop({ contacts: ['ada'] }), /a contact must be an object/u],
  ['a number for a name', shop({ contacts: [{ ...ada, name: 7 }] }), /`name` must be some text/u],
  ['an id of another kind', shop({ contacts: [{ ...ada, id: '7' }] }), /`id` must be 24 hex digits/u],
  ['a role that is none', shop({ contacts: [{ ...ada, role: 'boss' }] }), /`role` must be user or lead/u],
  ['an email that is none', shop({ contacts: [{ ...ada, email: 'ada' }] }), /`email` must be an email address/u],
  [
    'a time that is text',
    shop({ contacts: [{ ...ada, created_at: 'yesterday' }] }),
    /`created_at` must be a whole number/u,
  ],
  [
    'nested attributes',
    shop({ contacts: [{ ...ada, custom_attributes: { a: { b: 1 } } }] }),
    /`custom_attributes` must be flat/u,
  ],
  ['a time zone that is none', shop({ timezone: 'Europe/Atlantis' }), /`timezone` must be a time zone/u],
  ['a workspace that is a list', '[]', /a workspace must be an object/u],
  ['broken JSON', '{\n  "admins": [}\n}', /^shop\.json:2:14: a value is missing here/u],
])('%s is told, with its place', ([, text, words]) => {
  expect(told(text)).toMatch(words)
  expect(told(text)).toMatch(/^shop\.json:\d+:\d+: /u)
})

test.for<[string, Record<string, unknown>, string]>([
  ['an access token', { body: 'use dG9rOmZvb2JhcjEyMzQ1Ng== please' }, 'dG9rOmZvb2'],
  ['a key of a payment provider', { body: 'sk_live_51Habcdefghij' }, 'sk_live'],
  ['a bearer', { body: 'Authorization: Bearer abcdefghij' }, 'abcdefghij'],
])('%s is refused and not repeated', ([, more, secret]) => {
  const text = conversation(more)
  expect(told(text)).toContain('this looks like a secret')
  expect(told(text)).not.toContain(secret)
})

test('a secret is recognised by the name of its attribute', () => {
  const text = shop({ contacts: [{ ...ada, custom_attributes: { api_key: '8f14e45fceea' } }] })
  expect(told(text)).toContain('this looks like a secret')
})

test('everything that is wrong is told at once, in the order of the file', () => {
  const text = shop({
    contacts: [
      { ...ada, name: 7 },
      { ...bela, email: 'x' },
    ],
    conversations: [{ contact: 'c', body: 'x' }],
  })
  const lines = told(text).split('\n')
  expect(lines[0]).toContain('`name` must be')
  expect(lines[1]).toContain('`email` must be')
  expect(lines[2]).toContain('unknown external_id "c"')
})

test('what lies after the beginning of the run is refused', () => {
  const text = shop({ contacts: [{ ...ada, created_at: 2_000 }] })
  expect(told(text, 1_999)).toContain('lies after the beginning of the run')
  expect(told(text, 2_000)).toBe('nothing')
})

test('no JSON, however odd, makes it throw anything but a mistake of the user', () => {
  const text = fc.oneof(fc.json(), fc.string())
  const wrapped = text.map((inner) => `{"admins":${inner},"contacts":[${inner}],"conversations":[${inner}]}`)
  fc.assert(
    fc.property(fc.oneof(text, wrapped), (given) => {
      expect(told(given)).not.toBe('')
    }),
  )
})

function intercomOf(text: string): Intercom {
  const workspaces = [{ name: 'ours', region: 'au', fixture: { file: 'shop.json', text } }]
  return testIntercom({ workspaces })
}

test('the workspace holds what the file says, instead of a generated population', () => {
  const intercom = intercomOf(smallShop)
  const contacts = json(ask(intercom, 'GET', '/contacts?per_page=50'))
  expect(contacts['total_count']).toBe(12)
  expect(json(ask(intercom, 'GET', '/contacts/find_by_external_id/shop-1001'))).toMatchObject({
    name: 'Ada Abara',
    role: 'user',
    custom_attributes: { plan: 'team', seats: 12 },
    tags: { total_count: 1 },
    companies: { total_count: 1 },
    created_at: startSeconds - 365 * 86_400,
  })
  const conversations = json(ask(intercom, 'GET', '/conversations?per_page=50'))
  expect(conversations['total_count']).toBe(8)
  expect(json(ask(intercom, 'GET', '/me'))).toMatchObject({ id: '5017691', app: { timezone: 'Europe/Dublin' } })
})

test('conversations have their parts, their authors and their end', () => {
  const intercom = intercomOf(
    conversation({ id: '77', state: 'closed', assignee: admin.email, parts: [{ admin: admin.email, body: 'Hello' }] }),
  )
  expect(json(ask(intercom, 'GET', '/conversations/77'))).toMatchObject({
    state: 'closed',
    open: false,
    source: { body: '<p>Hi</p>', author: { type: 'user', email: ada.email } },
    conversation_parts: {
      conversation_parts: [
        { part_type: 'comment', body: '<p>Hello</p>', author: { type: 'admin', email: admin.email } },
        { part_type: 'close', body: null },
      ],
    },
  })
})

test('nothing in it lies after the beginning of the run', () => {
  const intercom = intercomOf(conversation({ created_at: startSeconds, parts: [{ body: 'a' }, { body: 'b' }] }))
  const [listed] = json(ask(intercom, 'GET', '/conversations'))['conversations']!
  expect(listed).toMatchObject({ created_at: startSeconds, updated_at: startSeconds })
})

test('the same file makes the same workspace, and loads can draw from it', () => {
  const list = () => ask(intercomOf(smallShop), 'GET', '/contacts').body
  expect(list()).toBe(list())
  const intent = intercomOf(smallShop).intents.get('contact.read')
  expect(intent?.draw('ours', 0, 0, createPrng('ask'), 0).input).toMatchObject({ contact: { externalId: 'shop-1001' } })
})

test('a load that asks for what the workspace does not have is a mistake of the user', () => {
  const intent = intercomOf(shop()).intents.get('conversation.read')
  const draw = () => intent?.draw('ours', 0, 0, createPrng('ask'), 0)
  expect(draw).toThrow('has no conversations to ask about')
  expect(draw).toThrow(UserError)
})

test('dates are matched by the days of the workspace', () => {
  // The run begins on 27 April at 11:00 UTC, which is 21:00 in Melbourne.
  const text = shop({
    timezone: 'Australia/Melbourne',
    contacts: [{ ...ada, created_at: startSeconds - 20 * 3_600 }, bela],
  })
  const search = (timezone: string) =>
    json(
      ask(intercomOf(text.replace('Australia/Melbourne', timezone)), 'POST', '/contacts/search', {
        body: { query: { field: 'created_at', operator: '=', value: startSeconds } },
      }),
    )['total_count']
  expect(['Australia/Melbourne', 'UTC', 'America/Los_Angeles'].map(search)).toEqual([1, 0, 0])
})
