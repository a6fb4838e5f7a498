// Companies, tags, notes and admins as `intercom-client` sees them, with what its paging makes of them.

import { IntercomClient, IntercomError } from 'intercom-client'
import type { Intercom as Api } from 'intercom-client'
import { expect, test } from 'vitest'
import { serviceFetch, testIntercom } from './asking.ts'
import type { IntercomOptions } from './intercom.ts'

function sdk(options: Partial<IntercomOptions> = {}, now?: () => number): IntercomClient {
  const intercom = testIntercom(options)
  const token = intercom.tokens['ours'] ?? ''
  const fetch = serviceFetch([intercom], now)
  return new IntercomClient({ token, environment: 'https://api.au.intercom.io', fetch, maxRetries: 0 })
}

async function failure(work: Promise<unknown>): Promise<IntercomError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(IntercomError)
  return error as IntercomError
}

async function contactOf({ contacts }: IntercomClient): Promise<string> {
  return (await contacts.list({ per_page: 1 })).data[0]?.id ?? ''
}

test('creates, finds, updates and deletes a company', async () => {
  const { companies } = sdk()
  const { id: company_id = '' } = await companies.createOrUpdate({ company_id: 'acme', name: 'Acme', plan: 'Gold' })
  expect(await companies.find({ company_id })).toMatchObject({ company_id: 'acme', plan: { name: 'Gold' } })
  expect(await companies.retrieve({ company_id: 'acme' })).toMatchObject({ type: 'company', id: company_id })
  expect(await companies.retrieve({ per_page: 5 })).toMatchObject({ type: 'list', total_count: 121 })
  expect((await companies.update({ company_id, body: { name: 'Acme Ltd' } })).name).toBe('Acme Ltd')
  expect(await companies.delete({ company_id })).toEqual({ id: company_id, object: 'company', deleted: true })
  const error = await failure(companies.find({ company_id }))
  expect(error.statusCode).toBe(404)
  expect(error.body).toMatchObject({ errors: [{ code: 'company_not_found', message: 'Company Not Found' }] })
})

test('walks through all pages of companies', async () => {
  const seen: string[] = []
  for await (const { id = '' } of await sdk().companies.list({ per_page: 50 })) seen.push(id)
  expect(seen).toHaveLength(120)
  expect(new Set(seen).size).toBe(120)
})

test('a scroll by hand shows all companies and ends with an empty page', async () => {
  const seen: string[] = []
  const page = await sdk({ companies: 230 }).companies.scroll()
  while (page.data.length > 0) {
    seen.push(...page.data.map(({ id = '' }) => id))
    await page.getNextPage()
  }
  expect(new Set(seen).size).toBe(230)
})

test('a scroll iterated over asks on after its end, and is told that it is over', async () => {
  const seen: string[] = []
  const walk = async () => {
    for await (const { id = '' } of await sdk({ companies: 230 }).companies.scroll()) seen.push(id)
  }
  expect((await failure(walk())).statusCode).toBe(404)
  expect(new Set(seen).size).toBe(230)
})

test('a second scroll is refused until a minute after the last use of the first', async () => {
  let now = 0
  const { companies } = sdk({}, () => now)
  await companies.scroll()
  const error = await failure(companies.scroll())
  expect(error.statusCode).toBe(400)
  expect(error.body).toMatchObject({ errors: [{ code: 'scroll_exists' }] })
  now = 61_000
  expect((await companies.scroll()).data).toHaveLength(100)
})

test('a scroll that pauses for more than a minute is lost', async () => {
  let now = 0
  const page = await sdk({}, () => now).companies.scroll()
  now = 61_000
  expect((await failure(page.getNextPage())).statusCode).toBe(404)
})

test('attaches a company to a contact and detaches it', async () => {
  const client = sdk()
  const contact_id = await contactOf(client)
  const { id = '' } = await client.companies.createOrUpdate({ company_id: 'acme' })
  expect((await client.companies.attachContact({ contact_id, id })).user_count).toBe(1)
  const attached = await client.companies.listAttachedContacts({ company_id: id })
  expect(attached.data?.map((contact) => contact.id)).toEqual([contact_id])
  expect((await client.contacts.find({ contact_id })).companies?.data).toMatchObject([{ id }])
  expect((await client.companies.detachContact({ contact_id, company_id: id })).user_count).toBe(0)
})

test('the companies of a contact are in the response but not among the items of the page', async () => {
  const client = sdk()
  const contact_id = await contactOf(client)
  const { id = '' } = await client.companies.createOrUpdate({ company_id: 'acme' })
  await client.companies.attachContact({ contact_id, id })
  const page = await client.contacts.listAttachedCompanies({ contact_id })
  expect(page.response).toMatchObject({ data: [{ id }], total_count: 1 })
  expect(page.data).toEqual([])
})

test('tags a contact and untags it', async () => {
  const client = sdk()
  const contact_id = await contactOf(client)
  const { id = '' } = await client.tags.create({ name: 'vip' })
  expect(await client.tags.tagContact({ contact_id, id })).toMatchObject({ name: 'vip', applied_by: { type: 'admin' } })
  expect((await client.contacts.listAttachedTags({ contact_id })).data).toMatchObject([{ id, name: 'vip' }])
  expect(await client.tags.find({ tag_id: id })).toEqual({ type: 'tag', id, name: 'vip' })
  await client.tags.untagContact({ contact_id, tag_id: id })
  expect((await client.contacts.find({ contact_id })).tags?.total_count).toBe(0)
  await client.tags.delete({ tag_id: id })
  expect((await client.tags.list()).data).toEqual([])
})

test('adds a note and walks through all pages of notes', async () => {
  const client = sdk()
  const contact_id = await contactOf(client)
  const { id: note_id } = (await client.notes.create({ contact_id, body: 'first' })) as Required<Api.Note>
  for (const body of ['second', 'third']) await client.notes.create({ contact_id, body })
  expect((await client.notes.find({ note_id: Number(note_id) })).body).toBe('<p>first</p>')
  const texts: (string | undefined)[] = []
  for await (const { body } of await client.notes.list({ contact_id, per_page: 2 })) texts.push(body)
  expect(texts).toEqual(['<p>third</p>', '<p>second</p>', '<p>first</p>'])
})

test('lists admins and finds one', async () => {
  const { admins } = sdk()
  const list = (await admins.list()).admins ?? []
  expect(list).toHaveLength(3)
  const [first] = list
  expect(await admins.find({ admin_id: Number(first?.id) })).toMatchObject({ id: first?.id, name: first?.name })
  expect((await failure(admins.find({ admin_id: 1 }))).statusCode).toBe(404)
})
