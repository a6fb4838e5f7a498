// From the id to the conversation, as an integration would do it: two requests to Meta, one reply with Intercom's own SDK.

import { IntercomClient } from 'intercom-client'
import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { serviceFetch, testIntercom } from '../intercom/asking.ts'
import type { Ask, InputOf } from '../intent.ts'
import { createGraphMedia } from './graph-media.ts'

test('a file is fetched and attached, and shows in the conversation', async () => {
  const startMs = Date.UTC(2026, 1, 6, 10)
  const graph = createGraphMedia({ startMs, random: createPrng('graph') })
  const intercom = testIntercom({ startMs, mediaSent: graph.sent })
  const asked = intercom.intents.get('media.fetch')?.draw('ours', 0, 1, createPrng('ask'), 0) as Ask
  const { media, conversation, contact } = asked.input as InputOf<'media.fetch'>
  const fetch = serviceFetch([intercom, graph])
  const headers = { authorization: `Bearer ${graph.token}` }

  const told = (await (await fetch(`https://graph.facebook.com/v23.0/${media.id}`, { headers })).json()) as {
    url: string
    file_size: number
  }
  const file = await fetch(told.url, { headers })
  expect(file.headers.get('content-type')).toBe(media.mimeType)
  expect((await file.text()).length).toBe(told.file_size)

  const environment = 'https://api.au.intercom.io'
  const sdk = new IntercomClient({ token: intercom.tokens['ours'] ?? '', environment, fetch, maxRetries: 0 })
  const replied = await sdk.conversations.reply({
    conversation_id: conversation.id,
    body: {
      message_type: 'comment',
      type: 'user',
      intercom_user_id: contact.id,
      body: 'A voice message',
      attachment_urls: [`https://files.example/${media.id}.ogg`],
    },
  })
  const part = replied.conversation_parts?.conversation_parts?.at(-1)
  expect(part).toMatchObject({
    author: { type: 'user', id: contact.id },
    attachments: [{ type: 'upload', name: `${media.id}.ogg`, content_type: 'audio/ogg' }],
  })
  expect(intercom.intents.get('media.fetch')?.truth('ours', asked, replied)).toMatchObject({ matched: 2, invented: [] })
})

test('a wrong address, fetched by accident with the token of another service, gives nothing away', async () => {
  const graph = createGraphMedia({ startMs: 0, random: createPrng('graph') })
  const reply = await serviceFetch([graph])('https://graph.facebook.com/v23.0/1000000000000001', {
    headers: { authorization: 'Bearer dG9rOnothing' },
  })
  expect(reply.status).toBe(401)
  expect(await reply.text()).not.toContain('1000000000000001')
})
