// Cursor pagination: items sorted by time, newest first, then by id. A cursor names the last item seen and the page it opens,
// as base64 of a JSON array, which is how the real one looks; clients must not care.

export type Cursor = { readonly sortMs: number; readonly id: string; readonly page: number }

export type Page<T> = {
  readonly items: readonly T[]
  readonly page: number
  readonly perPage: number
  readonly total: number
  readonly next: string | null
}

export type Sorting<T> = { readonly idOf: (item: T) => string; readonly sortMsOf: (item: T) => number }

export function encodeCursor({ sortMs, id, page }: Cursor): string {
  return btoa(JSON.stringify([sortMs, id, page]))
}

export function decodeCursor(text: string): Cursor | undefined {
  try {
    const parts: unknown = JSON.parse(atob(text))
    if (!Array.isArray(parts) || parts.length !== 3) return undefined
    const [sortMs, id, page] = parts as unknown[]
    if (typeof sortMs !== 'number' || typeof id !== 'string' || !Number.isInteger(page)) return undefined
    return { sortMs, id, page: page as number }
  } catch {
    return undefined
  }
}

/** Items that came meanwhile, or moved to the front, are neither repeated nor do they shift the rest. */
export function pageOf<T>(
  items: readonly T[],
  { idOf, sortMsOf }: Sorting<T>,
  perPage: number,
  after?: Cursor,
): Page<T> {
  const isAfter = (item: T, cursor: Cursor): boolean =>
    sortMsOf(item) < cursor.sortMs || (sortMsOf(item) === cursor.sortMs && idOf(item) > cursor.id)
  const sorted = items.toSorted((a, b) => sortMsOf(b) - sortMsOf(a) || (idOf(a) < idOf(b) ? -1 : 1))
  const rest = after ? sorted.filter((item) => isAfter(item, after)) : sorted
  const shown = rest.slice(0, perPage)
  const last = shown.at(-1)
  const page = after?.page ?? 1
  const next =
    last !== undefined && rest.length > perPage
      ? encodeCursor({ sortMs: sortMsOf(last), id: idOf(last), page: page + 1 })
      : null
  return { items: shown, page, perPage, total: items.length, next }
}
