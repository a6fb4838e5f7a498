import { expect, test } from 'vitest'
import { ask, json, startSeconds, testIntercom } from './asking.ts'
import { refusal, sdkClient } from './sdk-asking.ts'

test('walks through all pages of articles, by offset', async () => {
  const seen = new Set<string>()
  for await (const article of await sdkClient(testIntercom()).articles.list({ per_page: 7 })) seen.add(article.id)
  expect(seen.size).toBe(40)
})

test('the page after the last is empty and tells the real total', () => {
  const page = json(ask(testIntercom(), 'GET', '/articles?page=3'))
  expect(page).toEqual({
    type: 'list',
    data: [],
    total_count: 40,
    pages: { type: 'pages', page: 3, per_page: 25, total_pages: 2 },
  })
})

test.for(['page=0', 'page=x', 'per_page=0', 'per_page=151'])('GET /articles?%s is a 400', (query) => {
  expect(ask(testIntercom(), 'GET', `/articles?${query}`).status).toBe(400)
})

test('writes, finds, changes and deletes an article', async () => {
  let at = 0
  const { articles, admins } = sdkClient(testIntercom(), () => at)
  const author_id = Number((await admins.identify())?.id)
  const created = await articles.create({
    title: 'Thanks for everything',
    author_id,
    body: 'All of it',
    state: 'published',
  })
  expect(created).toMatchObject({
    type: 'article',
    author_id,
    body: '<p class="no-margin">All of it</p>',
    created_at: startSeconds,
    statistics: { type: 'article_statistics', views: 0 },
  })
  expect(created.url).toMatch(/^https:\/\/help\.[0-9a-f]+\.example\/en\/articles\/\d+-thanks-for-everything$/u)
  const article_id = Number(created.id)
  at = 5_000
  const changed = await articles.update({ article_id, state: 'draft' })
  expect(changed).toMatchObject({ state: 'draft', url: null, title: created.title, updated_at: startSeconds + 5 })
  expect(await articles.find({ article_id })).toEqual(changed)
  expect(await articles.delete({ article_id })).toEqual({ id: created.id, object: 'article', deleted: true })
  expect(await refusal(articles.find({ article_id }))).toEqual({
    status: 404,
    errors: [{ code: 'not_found', message: 'Resource Not Found' }],
  })
})

test('a search needs every word, and shows drafts only when it is asked for them', async () => {
  const { articles, admins } = sdkClient(testIntercom())
  const author_id = Number((await admins.identify())?.id)
  await articles.create({ title: 'Zebra crossing', author_id, state: 'draft' })
  await articles.create({ title: 'Zebra stripes', author_id, state: 'published' })
  const titles = async (phrase: string, state?: string) =>
    (await articles.search({ phrase, ...(state === undefined ? {} : { state }), highlight: true })).data?.articles
      ?.map(({ title }) => title)
      .toSorted()
  expect(await titles('zebra')).toEqual(['Zebra crossing', 'Zebra stripes'])
  expect(await titles('zebra', 'published')).toEqual(['Zebra stripes'])
  expect(await titles('ZEBRA stripes')).toEqual(['Zebra stripes'])
  expect(await titles('zebra unicorn')).toEqual([])
})

test.for<[string, Record<string, unknown>, number, string]>([
  ['no title', { author_id: 1 }, 400, 'parameter_invalid'],
  ['no author', { title: 'x' }, 400, 'parameter_not_found'],
  ['an unknown state', { title: 'x', state: 'gone' }, 400, 'parameter_invalid'],
  ['a title that is no text', { title: {} }, 422, 'parameter_invalid'],
])('an article with %s is refused', ([, body, status, code]) => {
  const reply = ask(testIntercom(), 'POST', '/articles', { body })
  expect(reply.status).toBe(status)
  expect(json(reply)['errors']).toMatchObject([{ code }])
  expect(reply.effects).toEqual([])
})

test('an article is an effect with the key of its text', () => {
  const intercom = testIntercom()
  const author_id = json(ask(intercom, 'GET', '/me'))['id']
  const body = { title: 'News [ref 4F2K9QX]', author_id }
  const reply = ask(intercom, 'POST', '/articles', { body })
  expect(reply.effects).toMatchObject([{ entity: `article:${String(json(reply)['id'])}`, key: '4F2K9QX', version: 1 }])
})
