// Which page a list was asked for, and the list in the API's shape.

import { isRefusal, refuse } from './answer.ts'
import type { Refusal } from './answer.ts'
import { decodeCursor } from './cursor.ts'
import type { Cursor, Page } from './cursor.ts'
import { scalarText } from './fields.ts'

const perPageMax = 150

export type Paging = { readonly perPage: number; readonly after?: Cursor }

/** `perPage` and `startingAfter` as the request has them, a missing one as null or undefined. */
export function readPaging(perPage: unknown, startingAfter: unknown, perPageDefault: number): Paging | Refusal {
  const size = readPerPage(perPage, perPageDefault)
  if (isRefusal(size)) return size
  if (startingAfter === undefined || startingAfter === null || startingAfter === '') return { perPage: size }
  const after = typeof startingAfter === 'string' ? decodeCursor(startingAfter) : undefined
  if (!after) {
    return refuse(
      400,
      'client_error',
      'Invalid starting_after param. Please try again using a starting_after value from a paginated response',
    )
  }
  return { perPage: size, after }
}

export function readPerPage(perPage: unknown, perPageDefault: number): number | Refusal {
  if (perPage === undefined || perPage === null || perPage === '') return perPageDefault
  const size = Number(scalarText(perPage) || Number.NaN)
  return Number.isInteger(size) && size >= 1 && size <= perPageMax
    ? size
    : refuse(400, 'parameter_invalid', `per_page must be a number between 1 and ${perPageMax}`)
}

/** `member` names the array: `data`, or `conversations`. */
export function listText(type: string, member: string, texts: readonly string[], page: Page<unknown>): string {
  const next = page.next === null ? {} : { next: { per_page: page.perPage, starting_after: page.next } }
  const pages = {
    type: 'pages',
    ...next,
    page: page.page,
    per_page: page.perPage,
    total_pages: Math.ceil(page.total / page.perPage),
  }
  return `{"type":"${type}","${member}":[${texts.join(',')}],"total_count":${page.total},"pages":${JSON.stringify(pages)}}`
}
