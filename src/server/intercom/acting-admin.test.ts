import { expect, test } from 'vitest'
import { ask, json, testIntercom } from './asking.ts'

/** The bot signs the first part of a ticket. */
function botId(intercom: ReturnType<typeof testIntercom>): string {
  const found = ask(intercom, 'POST', '/tickets/search', {
    body: { query: { field: 'open', operator: '=', value: true } },
  })
  const [part] = json(found)['tickets']![0]!['ticket_parts']!['ticket_parts']!
  expect(part!['author']).toMatchObject({ type: 'bot', name: 'Fin' })
  return String(part!['author']!['id'])
}

test.for([
  ['reply', { message_type: 'comment', type: 'admin', body: 'Hello' }],
  ['parts', { message_type: 'close', type: 'admin' }],
  ['tags', { id: '1' }],
] as const)('the bot is no admin to act as: %s', ([path, body]) => {
  const intercom = testIntercom()
  const id = String(json(ask(intercom, 'GET', '/conversations'))['conversations']![0]!['id'])
  const act = (admin_id: string) =>
    ask(intercom, 'POST', `/conversations/${id}/${path}`, { body: { ...body, admin_id } })
  const reply = act(botId(intercom))
  expect(reply).toMatchObject({ status: 405, effects: [] })
  expect(json(reply)['errors']).toEqual([
    { code: 'action_forbidden', message: 'Action is not allowed for this type of admin' },
  ])
  expect(act('1').status).toBe(404)
})

test('the bot is not listed among the admins', () => {
  const intercom = testIntercom()
  const ids = json(ask(intercom, 'GET', '/admins'))['admins']!.map(({ id }) => id)
  expect(ids).toHaveLength(3)
  expect(ids).not.toContain(botId(intercom))
})
