// A list of a defined service, page by page: in the order in which entities were made, so that what is new comes last and shifts nothing.

import type { Versions } from '#history/event.ts'
import type { Json } from './definition.ts'
import { idOf, type Row } from './holding.ts'
import type { Model, Paging } from './model.ts'
import { put, refuse, type Refusal, type Said } from './replies.ts'

export type Listed = {
  readonly id: string
  readonly row: Row | null
  readonly entity: string
  readonly version: number
}

/** `all` holds those that are gone too, as `null`: a cursor may name one. */
export function list(model: Model, all: readonly Listed[], query: URLSearchParams): Said {
  const page = model.paging ? pageOf(model.paging, all, query) : { shown: all, next: null }
  if ('kind' in page) return page
  const shown = page.shown.filter(({ row }) => row !== null)
  const items: Json = shown.map(({ row }) => row)
  const contains: Versions = Object.fromEntries(shown.map(({ entity, version }) => [entity, version]))
  const answer = (body: Json): Said => ({ kind: 'answer', status: 200, body, contains, effects: [] })
  if (model.items === '') return answer(items)
  const body: Record<string, Json> = {}
  put(body, model.items, items)
  const { paging } = model
  if (paging?.kind === 'cursor') put(body, paging.next, page.next)
  if (paging && paging.total !== null) put(body, paging.total, all.filter(({ row }) => row !== null).length)
  return answer(body)
}

type Page = { readonly shown: readonly Listed[]; readonly next: string | null }

function pageOf(paging: Paging, all: readonly Listed[], query: URLSearchParams): Page | Refusal {
  const size = wholeNumber(query.get(paging.sizeParameter), paging.size)
  if (size === undefined || size < 1) return refuse(400, `${paging.sizeParameter} must be a positive number`)
  const count = Math.min(size, paging.most)
  if (paging.kind === 'cursor') return pageAfter(paging, all, query.get(paging.fromParameter), count)
  const there = all.filter(({ row }) => row !== null)
  const least = paging.kind === 'page' ? 1 : 0
  const from = wholeNumber(query.get(paging.fromParameter), least)
  if (from === undefined || from < least) return refuse(400, `${paging.fromParameter} must be a number from ${least}`)
  const first = paging.kind === 'page' ? (from - 1) * count : from
  return { shown: there.slice(first, first + count), next: null }
}

/** What was deleted meanwhile still has its place. */
function pageAfter(paging: Paging, all: readonly Listed[], cursor: string | null, count: number): Page | Refusal {
  const after = cursor === null || cursor === '' ? -1 : all.findIndex(({ id }) => cursorOf(id) === cursor)
  if (after === -1 && cursor !== null && cursor !== '') return refuse(400, `${paging.fromParameter} is no cursor`)
  const rest = all.slice(after + 1).filter(({ row }) => row !== null)
  const shown = rest.slice(0, count)
  const last = shown.at(-1)
  return { shown, next: last?.row && rest.length > count ? cursorOf(idOf(last.row)) : null }
}

/** Whoever reads it is on their own. */
function cursorOf(id: string): string {
  return btoa(`after:${id}`)
}

function wholeNumber(text: string | null, fallback: number): number | undefined {
  if (text === null || text === '') return fallback
  return /^\d{1,9}$/u.test(text) ? Number(text) : undefined
}
