// Articles of the help center: list by offset, search, get, write, delete.

import { answer, isRefusal, refuse, refuseAll } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import type { Article } from './article.ts'
import { contains, subject } from './call.ts'
import type { Call, JsonObject, Route } from './call.ts'
import { isJsonObject, numberField, scalarText, textField } from './fields.ts'
import { readOffset, slice } from './offset-paging.ts'
import type { Offset } from './offset-paging.ts'
import { refIn } from './ref-token.ts'
import { articleListShape, articleShape } from './render-article.ts'
import type { Version } from '../store.ts'
import type { Workspace } from './workspace.ts'

const listPerPage = 25
const searchPerPage = 10

export const articleRoutes: readonly Route[] = [
  { method: 'GET', template: '/articles', subject: () => ({}), serve: list },
  { method: 'POST', template: '/articles', subject: ({ body }) => subject(undefined, articleKey(body)), serve: create },
  { method: 'GET', template: '/articles/search', subject: () => ({}), serve: search },
  { method: 'GET', template: '/articles/{id}', subject: ({ workspace, id }) => about(workspace, id), serve: show },
  {
    method: 'PUT',
    template: '/articles/{id}',
    subject: ({ workspace, id, body }) => about(workspace, id, articleKey(body)),
    serve: update,
  },
  { method: 'DELETE', template: '/articles/{id}', subject: ({ workspace, id }) => about(workspace, id), serve: remove },
]

function about(workspace: Workspace, id: string, key?: string) {
  return subject(workspace.articles.entity(id), key)
}

function articleKey(body: JsonObject): string | undefined {
  return refIn(body['body']) ?? refIn(body['title'])
}

function listed(workspace: Workspace): Version<Article>[] {
  return [...workspace.articles.all()]
    .filter(({ value }) => !value.deleted)
    .toSorted((a, b) => b.value.createdAt - a.value.createdAt || Number(a.value.id) - Number(b.value.id))
}

function find(workspace: Workspace, id: string): Version<Article> | undefined {
  const version = workspace.articles.current(id)
  return version?.value.deleted ? undefined : version
}

function notFound(): Refusal {
  return refuse(404, 'not_found', 'Resource Not Found')
}

function list({ workspace, query }: Call): Answer | Refusal {
  const offset = readOffset(query, listPerPage)
  if (isRefusal(offset)) return offset
  const found = listed(workspace)
  const shown = slice(found, offset)
  const data = shown.map(({ value }) => articleListShape(value, workspace))
  const pages = pagesShape(offset, found.length)
  const shape = { type: 'list', pages, total_count: found.length, data }
  return answer(JSON.stringify(shape), seen(workspace, shown))
}

/** Without `next`: who lists articles counts the pages. */
function pagesShape({ page, perPage }: Offset, total: number): Record<string, unknown> {
  return { type: 'pages', page, per_page: perPage, total_pages: Math.ceil(total / perPage) }
}

function seen(workspace: Workspace, versions: readonly Version<Article>[]) {
  return contains(...versions.map(({ value, number }) => [workspace.articles.entity(value.id), number] as const))
}

/** Every word of the phrase, anywhere in the title or the body. */
function search({ workspace, query }: Call): Answer | Refusal {
  const offset = readOffset(query, searchPerPage)
  if (isRefusal(offset)) return offset
  const words = (query.get('phrase') ?? '').toLowerCase().split(/\s+/u)
  const state = query.get('state') ?? 'all'
  const found = listed(workspace).filter(({ value }) => {
    const text = `${value.title} ${value.body ?? ''}`.toLowerCase()
    return (state === 'all' || value.state === state) && words.every((word) => text.includes(word))
  })
  const shown = slice(found, offset)
  const articles = shown.map(({ value }) => articleListShape(value, workspace))
  const highlights = query.get('highlight') === 'true' ? shown.map(({ value }) => highlightShape(value)) : []
  const pages = pagesShape(offset, found.length)
  const shape = { type: 'list', total_count: found.length, data: { articles, highlights }, pages }
  return answer(JSON.stringify(shape), seen(workspace, shown))
}

function highlightShape({ id, title, description }: Article): Record<string, unknown> {
  return {
    article_id: id,
    highlighted_title: [{ type: 'plain', text: title }],
    highlighted_summary: [[{ type: 'plain', text: description ?? '' }]],
  }
}

function show({ workspace, id }: Call): Answer | Refusal {
  const found = find(workspace, id)
  if (!found) return notFound()
  return answer(JSON.stringify(articleShape(found.value, workspace)), seen(workspace, [found]))
}

type Changes = { -readonly [F in 'title' | 'description' | 'body' | 'authorId' | 'state' | 'parentId']?: Article[F] }

function readChanges(workspace: Workspace, body: JsonObject): Changes | Refusal {
  const [title, description, text] = ['title', 'description', 'body'].map((name) => textField(body, name))
  const parentId = numberField(body, 'parent_id')
  const author = readAuthor(workspace, body)
  const state = readState(body)
  const refusal = refuseAll([title, description, text, parentId, author, state].filter(isRefusal))
  if (refusal) return refusal
  const changes: Changes = {}
  if (typeof title === 'string' && title !== '') changes.title = title
  if (typeof description === 'string') changes.description = description
  if (typeof text === 'string') changes.body = articleHtml(text)
  if (typeof parentId === 'number') changes.parentId = parentId
  if (typeof author === 'string') changes.authorId = author
  if (state === 'published' || state === 'draft') changes.state = state
  return changes
}

function readAuthor(workspace: Workspace, body: JsonObject): string | undefined | Refusal {
  const id = body['author_id']
  if (id === undefined || id === null) return undefined
  const known = workspace.admins.current(scalarText(id))
  return known ? known.value.id : refuse(400, 'parameter_invalid', 'author_id is not an admin')
}

function readState(body: JsonObject): Article['state'] | undefined | Refusal {
  const state = body['state']
  if (state === undefined || state === null) return undefined
  return state === 'published' || state === 'draft'
    ? state
    : refuse(400, 'parameter_invalid', 'state must be published or draft')
}

function articleHtml(text: string): string {
  return /^\s*</u.test(text) ? text : `<p class="no-margin">${text}</p>`
}

function create({ workspace, body, now }: Call): Answer | Refusal {
  const changes = readChanges(workspace, body)
  if (isRefusal(changes)) return changes
  const { title, authorId } = changes
  if (title === undefined) return missing('title', body)
  if (authorId === undefined) return missing('author_id', body)
  const id = workspace.newNumber('article')
  const blank = { description: '', body: '', state: 'draft', parentId: null, deleted: false } as const
  const article: Article = { ...blank, ...changes, id, title, authorId, createdAt: now, updatedAt: now }
  return commit(workspace, article, 'article created', articleKey(body))
}

function missing(name: string, { translated_content: translations }: JsonObject): Refusal {
  const message = `${name} must be in the main body or default locale translated_content object`
  return isJsonObject(translations)
    ? refuse(400, 'parameter_invalid', `${message}; translations are not simulated`)
    : refuse(400, 'parameter_not_found', message)
}

function update({ workspace, id, body, now }: Call): Answer | Refusal {
  const found = find(workspace, id)
  if (!found) return notFound()
  const changes = readChanges(workspace, body)
  if (isRefusal(changes)) return changes
  return commit(workspace, { ...found.value, ...changes, updatedAt: now }, 'article updated', articleKey(body))
}

function commit(workspace: Workspace, article: Article, change: string, key: string | undefined): Answer {
  const effect = workspace.articles.commit(article.id, article, { change, key })
  const text = JSON.stringify(articleShape(article, workspace))
  return answer(text, contains([effect.entity, effect.version]), [effect])
}

function remove({ workspace, id, now }: Call): Answer | Refusal {
  const found = find(workspace, id)
  if (!found) return notFound()
  const gone: Article = { ...found.value, updatedAt: now, deleted: true }
  const effect = workspace.articles.commit(id, gone, { change: 'article deleted' })
  const text = JSON.stringify({ id, object: 'article', deleted: true })
  return answer(text, contains([effect.entity, effect.version]), [effect])
}
