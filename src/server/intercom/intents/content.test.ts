import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { ask, testIntercom } from '../asking.ts'

type Body = Record<string, unknown>
type Input = Record<string, never> & { contact: { id: string }; conversation: { id: string }; [text: string]: unknown }
type Way = {
  readonly name: string
  readonly send: (input: Input) => readonly ['POST' | 'PUT', string, Body]
  /** By field: how it may be wrong. */
  readonly wrong: Readonly<Record<string, (input: Input) => Body>>
}

const ways: readonly Way[] = [
  {
    name: 'contact.create',
    send: ({ externalId, email, name }) => ['POST', '/contacts', { external_id: externalId, email, name }],
    wrong: { email: () => ({ email: 'somebody@else.example' }), name: () => ({ name: 'Somebody' }) },
  },
  {
    name: 'contact.update',
    send: ({ contact, name }) => ['PUT', `/contacts/${contact.id}`, { name }],
    wrong: { name: ({ name }) => ({ name: String(name).slice(0, 3) }) },
  },
  {
    name: 'company.upsert',
    send: ({ companyId, name }) => ['POST', '/companies', { company_id: companyId, name }],
    wrong: { name: () => ({ name: 'Another' }) },
  },
  {
    name: 'conversation.open',
    send: ({ contact, body }) => ['POST', '/conversations', { from: { type: 'user', id: contact.id }, body }],
    wrong: { body: ({ body }) => ({ body: refOf(body) }) },
  },
  {
    name: 'conversation.reply',
    send: ({ conversation, adminId, body }) => [
      'POST',
      `/conversations/${conversation.id}/reply`,
      { message_type: 'comment', type: 'admin', admin_id: adminId, body },
    ],
    wrong: { body: ({ body }) => ({ body: refOf(body) }) },
  },
  {
    name: 'note.add',
    send: ({ contact, body }) => ['POST', `/contacts/${contact.id}/notes`, { body }],
    wrong: { body: ({ body }) => ({ body: refOf(body) }) },
  },
  {
    name: 'message.send',
    send: ({ contact, adminId, body }) => [
      'POST',
      '/messages',
      { message_type: 'inapp', from: { type: 'admin', id: adminId }, to: { type: 'user', id: contact.id }, body },
    ],
    wrong: { body: ({ body }) => ({ body: refOf(body) }) },
  },
  {
    name: 'message.relay',
    send: ({ conversation, contact, body }) => [
      'POST',
      `/conversations/${conversation.id}/reply`,
      { message_type: 'comment', type: 'user', intercom_user_id: contact.id, body },
    ],
    wrong: { body: ({ body }) => ({ body: refOf(body) }) },
  },
  {
    name: 'event.track',
    send: ({ contact, name, at }) => ['POST', '/events', { id: contact.id, event_name: name, created_at: at }],
    wrong: { name: ({ name }) => ({ event_name: refOf(name) }), at: ({ at }) => ({ created_at: Number(at) - 60 }) },
  },
  {
    name: 'ticket.create',
    send: ({ contact, ticketTypeId, title, body }) => [
      'POST',
      '/tickets',
      {
        ticket_type_id: ticketTypeId,
        contacts: [{ id: contact.id }],
        ticket_attributes: { _default_title_: title, _default_description_: body },
      },
    ],
    wrong: {
      title: ({ body }) => ({ ticket_attributes: { _default_title_: 'Help', _default_description_: body } }),
      body: ({ title, body }) => ({
        ticket_attributes: { _default_title_: title, _default_description_: refOf(body) },
      }),
    },
  },
]

/** The key is there, the text is not. */
function refOf(text: unknown): string {
  return /\[ref \w+\]/u.exec(String(text))?.[0] ?? ''
}

function world(name: string) {
  const intercom = testIntercom()
  const intent = intercom.intents.get(name)!
  const asked = intent.draw('ours', 3, 1, createPrng('content'), 90_000)
  const input = asked.input as Input
  const changed = (method: 'POST' | 'PUT', path: string, body: Body) => {
    const effect = ask(intercom, method, path, { body }).effects.find(({ key }) => key === asked.key)
    expect(effect, 'an effect under the key of the ask').toBeDefined()
    return effect?.entity ?? ''
  }
  const lacking = (entity: string, about = asked) => intent.content!.lacking('ours', about, entity)
  return { intent, asked, input, changed, lacking }
}

test.for(ways)('$name leaves behind what was asked for', ({ name, send }) => {
  const { input, changed, lacking } = world(name)
  expect(lacking(changed(...send(input)))).toEqual([])
})

const mistakes = ways.flatMap(({ name, send, wrong }) =>
  Object.entries(wrong).map(([field, edit]) => ({ name, send, field, edit })),
)

test.for(mistakes)('$name with another $field lacks it', ({ name, send, field, edit }) => {
  const { input, changed, lacking } = world(name)
  const [method, path, body] = send(input)
  expect(lacking(changed(method, path, { ...body, ...edit(input) }))).toEqual([field])
})

test.for(ways)('what $name wrote for one is lacking in what was asked for another', ({ name, send }) => {
  const { intent, input, changed, lacking } = world(name)
  const other = intent.draw('ours', 4, 2, createPrng('another'), 30_000)
  expect(lacking(changed(...send(input)), other).length).toBeGreaterThan(0)
})

test.for(['message.relay', 'conversation.reply'])('%s in another conversation is in the wrong one', (name) => {
  const { intent, input, changed, lacking } = world(name)
  const elsewhere = intent.draw('ours', 9, 3, createPrng('elsewhere'), 0).input as Input
  const [method, , body] = ways.find((way) => way.name === name)!.send(input)
  expect(lacking(changed(method, `/conversations/${elsewhere.conversation.id}/reply`, body))).toContain('conversation')
})

test.for([
  ['in HTML', (text: string) => `<div><b>${text.replace(' ', '&nbsp; ')}</b></div>`],
  ['with words around it', (text: string) => `Dear customer, ${text} Yours`],
] as const)('a text is found %s', ([, wrap]) => {
  const { input, changed, lacking } = world('note.add')
  expect(
    lacking(changed('POST', `/contacts/${input.contact.id}/notes`, { body: wrap(String(input['body'])) })),
  ).toEqual([])
})

test('an entity of another kind, or none, lacks everything', () => {
  const { lacking } = world('contact.create')
  for (const entity of ['conversation:1', 'contact:nobody']) expect(lacking(entity)).toEqual(['email', 'name'])
})
