// What is derived from a history once, and remembered with it.

import type { History } from './history.ts'

/** Remembers a selector's answer for as long as the history lives. */
export function selector<T>(build: (history: History) => T): (history: History) => T {
  const answers = new WeakMap<History, { readonly value: T }>()
  return (history) => {
    const known = answers.get(history)
    if (known) return known.value
    const value = build(history)
    answers.set(history, { value })
    return value
  }
}
