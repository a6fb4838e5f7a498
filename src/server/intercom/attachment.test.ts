import { expect, test } from 'vitest'
import { ask, json, testIntercom } from './asking.ts'
import { sdkClient } from './sdk-asking.ts'

async function reply(more: Record<string, unknown>) {
  const intercom = testIntercom()
  const [one] = (await sdkClient(intercom).conversations.list()).data
  const intercom_user_id = one?.contacts?.contacts?.[0]?.id
  const body = { message_type: 'comment', type: 'user', intercom_user_id, body: 'Here it is', ...more }
  return ask(intercom, 'POST', `/conversations/${one?.id}/reply`, { body })
}

test('what a customer attaches by its URL is a file of the part', async () => {
  const said = json(
    await reply({ attachment_urls: ['https://files.example/a/photo.JPG?x=1', 'https://files.example/'] }),
  )
  const part = said['conversation_parts']!['conversation_parts']!.at(-1)
  expect(part?.['author']).toMatchObject({ type: 'user' })
  expect(part?.['attachments']).toEqual([
    {
      type: 'upload',
      name: 'photo.JPG',
      url: 'https://files.example/a/photo.JPG?x=1',
      content_type: 'image/jpeg',
      filesize: 100_000,
    },
    {
      type: 'upload',
      name: 'file',
      url: 'https://files.example/',
      content_type: 'application/octet-stream',
      filesize: 100_000,
    },
  ])
})

test('what is sent along has its real size', async () => {
  const data = Buffer.from('hello').toString('base64')
  const said = json(await reply({ attachment_files: [{ content_type: 'text/plain', data, name: 'a b.txt' }] }))
  const part = said['conversation_parts']!['conversation_parts']!.at(-1)
  expect(part?.['attachments']).toMatchObject([
    {
      name: 'a b.txt',
      url: 'https://downloads.intercomcdn.com/i/o/a%20b.txt',
      content_type: 'text/plain',
      filesize: 5,
    },
  ])
})

test.for([
  { attachment_urls: 'https://files.example/' },
  { attachment_urls: ['files'] },
  { attachment_urls: ['javascript:1'] },
  { attachment_urls: [1] },
  { attachment_urls: Array.from({ length: 11 }, () => 'https://files.example/') },
  { attachment_files: [{ name: 'a.txt' }] },
  { attachment_files: ['a'] },
])('%o is refused', async (more) => {
  const said = await reply(more)
  expect(said.status).toBe(422)
  expect(said.effects).toEqual([])
})
