import { createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPrng } from '#random/prng.ts'
import { createComposer, signatureOf } from './compose.ts'
import type { Forgery } from './compose.ts'
import { topics } from './notice.ts'
import type { Notice } from './notice.ts'

const startMs = Date.UTC(2026, 1, 6, 10)
const startSeconds = startMs / 1_000
const secret = 'a secret'
const composer = createComposer({ startMs, secret })
const notice: Notice = {
  topic: 'conversation.user.replied',
  appId: 'abc12345',
  entity: 'conversation:1',
  item: { type: 'conversation', id: '1', note: 'Grüße' },
}
const first = { attempt: 1, firstSentAt: 6_000 }

function notified(topic: Notice['topic'] = notice.topic) {
  return composer.notify({ ...notice, topic }, 5_000, createPrng('notification', 1))
}

type Envelope = Record<string, unknown> & { readonly data: { readonly item: unknown } }

function envelopeOf({ body }: { readonly body: string }): Envelope {
  return JSON.parse(body) as Envelope
}

test('a notification comes in the envelope of the platform', () => {
  expect(envelopeOf(composer.message(notified(), first))).toEqual({
    type: 'notification_event',
    app_id: 'abc12345',
    data: { type: 'notification_event_data', item: notice.item },
    links: {},
    id: expect.stringMatching(/^notif_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u),
    topic: 'conversation.user.replied',
    delivery_status: 'pending',
    delivery_attempts: 1,
    delivered_at: 0,
    first_sent_at: startSeconds + 6,
    created_at: startSeconds + 5,
    self: null,
  })
})

test.for(topics)('%s has its envelope', (topic) => {
  expect(envelopeOf(composer.message(notified(topic), first))).toMatchObject({ topic })
})

test('a second delivery says so and keeps the id', () => {
  const [one, two] = [first, { ...first, attempt: 2 }].map((delivery) =>
    envelopeOf(composer.message(notified(), delivery)),
  )
  expect(two).toEqual({ ...one, delivery_status: 'retry', delivery_attempts: 2 })
})

test('a ping has neither id nor status', () => {
  expect(envelopeOf(composer.message(notified('ping'), first))).toMatchObject({ id: null, delivery_status: null })
})

test('ids follow from their stream', () => {
  const ids = [1, 2, 1].map((nth) => composer.notify(notice, 0, createPrng('notification', nth)).id)
  expect(ids[0]).toBe(ids[2])
  expect(ids[0]).not.toBe(ids[1])
})

test('the signature is the one that a receiver computes over the raw bytes', () => {
  const { headers, body } = composer.message(notified(), first)
  const expected = createHmac('sha1', secret).update(Buffer.from(body)).digest('hex')
  expect(headers['x-hub-signature']).toBe(`sha1=${expected}`)
  expect(headers['user-agent']).toBe('intercom-parrot-service-client/1.0')
})

test('the signature of a known body is the known one', () => {
  expect(signatureOf('The quick brown fox jumps over the lazy dog', 'key')).toBe(
    'sha1=de7c9b85b8b78aa6bc8a7a36f70a90701c9db4d9',
  )
})

test.for<[Forgery]>([['wrong'], ['of-another-body']])(
  'a forgery whose signature is %s tells of the same under an id of its own',
  ([kind]) => {
    const genuine = composer.message(notified(), first)
    const forged = composer.forged(notified(), first, kind, createPrng('forgery'))
    expect(envelopeOf(forged).data.item).toEqual(notice.item)
    expect(envelopeOf(forged)['id']).not.toBe(envelopeOf(genuine)['id'])
    expect(forged.headers['x-hub-signature']).toMatch(/^sha1=[0-9a-f]{40}$/u)
  },
)

test('a forgery without a signature has no such header', () => {
  const { headers } = composer.forged(notified(), first, 'missing', createPrng('forgery'))
  expect(Object.keys(headers)).toEqual(['content-type', 'accept', 'user-agent'])
})

test('the signature of another body is genuine, for that body', () => {
  const forged = composer.forged(notified(), first, 'of-another-body', createPrng('forgery'))
  expect(forged.headers['x-hub-signature']).toBe(composer.message(notified(), first).headers['x-hub-signature'])
})

test('whatever is told, what is genuine verifies and what is forged does not', () => {
  const kinds = fc.constantFrom<Forgery>('wrong', 'missing', 'of-another-body')
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), kinds, fc.string({ minLength: 1 }), (item, kind, seed) => {
      const notification = composer.notify({ ...notice, item }, 0, createPrng(seed))
      const genuine = composer.message(notification, first)
      const forged = composer.forged(notification, first, kind, createPrng(seed, 'forgery'))
      expect(genuine.headers['x-hub-signature']).toBe(signatureOf(genuine.body, secret))
      expect(forged.headers['x-hub-signature']).not.toBe(signatureOf(forged.body, secret))
    }),
  )
})
