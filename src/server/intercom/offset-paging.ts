// Lists by page number, as companies and notes have them: what comes or goes meanwhile shifts the rest, and a page beyond the
// last is empty. The next page is told as an address.

import { isRefusal, refuse } from './answer.ts'
import type { Refusal } from './answer.ts'
import { scalarText } from './fields.ts'
import { readPerPage } from './paging.ts'

export type Offset = { readonly page: number; readonly perPage: number }

export function readOffset(query: URLSearchParams, perPageDefault: number): Offset | Refusal {
  const perPage = readPerPage(query.get('per_page'), perPageDefault)
  if (isRefusal(perPage)) return perPage
  const page = Number(scalarText(query.get('page') ?? '1') || Number.NaN)
  if (!Number.isSafeInteger(page) || page < 1) return refuse(400, 'parameter_invalid', 'page must be a positive number')
  return { page, perPage }
}

export function slice<T>(items: readonly T[], { page, perPage }: Offset): readonly T[] {
  return items.slice((page - 1) * perPage, page * perPage)
}

/** `path` is where the list is found. */
export function pagesShape(path: string, total: number, { page, perPage }: Offset): Record<string, unknown> {
  const pages = Math.ceil(total / perPage)
  const next = page < pages ? `https://api.intercom.io${path}?per_page=${perPage}&page=${page + 1}` : null
  return { type: 'pages', next, page, per_page: perPage, total_pages: pages }
}
