// From changes of components to stretches: a component is of one status until it has another.

import type { Stretch } from './account.ts'

export type Change = {
  readonly at: number
  readonly component: string
  readonly status: Stretch['status'] | 'operational'
  readonly place: string
}

/** Changes in any order. */
export function stretchesOf(changes: readonly Change[]): readonly Stretch[] {
  const ordered = changes.toSorted((one, other) => one.at - other.at)
  const names = [...new Set(ordered.map(({ component }) => component))]
  return names.flatMap((name) => {
    // An update repeats what has not changed.
    const own = ordered
      .filter(({ component }) => component === name)
      .filter(({ status }, index, all) => status !== all[index - 1]?.status)
    return own.flatMap(({ at, component, status, place }, index): readonly Stretch[] => {
      const until = own[index + 1]?.at ?? null
      return status === 'operational' || until === at ? [] : [{ component, status, from: at, until, place }]
    })
  })
}
