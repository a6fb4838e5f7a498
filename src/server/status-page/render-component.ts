// A component in the shape of the Statuspage API, version 2.

import { formatInstant } from '#clock/instant.ts'
import { createPrng } from '#random/prng.ts'
import { groupOf, membersOf } from './components.ts'
import { componentChangedAt, statusOf } from './page-state.ts'
import type { PageState } from './page-state.ts'

export type Page = {
  readonly startMs: number
  readonly components: readonly string[]
  readonly state: PageState
}

export const pageId = idOf('page')

export function componentShape(name: string, { startMs, components, state }: Page): Record<string, unknown> {
  const members = membersOf(name)
  const group = groupOf(name)
  return {
    id: idOf('component', name),
    name,
    status: statusOf(name, state),
    created_at: '2019-01-15T09:00:00.000Z',
    updated_at: formatInstant(startMs + componentChangedAt(name, state)),
    position: components.indexOf(name) + 1,
    description: null,
    showcase: false,
    start_date: null,
    group_id: group === undefined ? null : idOf('component', group),
    page_id: pageId,
    group: members !== undefined,
    only_show_if_degraded: false,
    ...(members && { components: members.map((member) => idOf('component', member)) }),
  }
}

/** Twelve characters, the same for the same thing in every run. */
export function idOf(...names: readonly string[]): string {
  const random = createPrng('status-page', ...names)
  return Array.from({ length: 12 }, () => '0123456789bcdfghjklmnpqrstvwxyz'[random.integer(0, 30)]).join('')
}
