// Counts as people read them, apart from what else the words of a page need: the program of the page has them too.

/** `3 532`: thin spaces part thousands in every language. */
export function grouped(count: number): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/gu, '\u202F')
}
