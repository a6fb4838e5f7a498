// What the status page showed: an incident that is opened and resolved, or announced work. Components that the simulated page does not
// have become the nearest one that it has, which is said.

import type { Account } from './account.ts'
import { apiOf, placeOf, type Region } from './places.ts'
import { homeOf } from './setting.ts'
import { tidy } from './words.ts'

export type PageSections = {
  readonly page: readonly Record<string, unknown>[]
  readonly maintenances: Record<string, unknown> | null
  /** All times that lie in the run. */
  readonly times: readonly number[]
  readonly assumed: readonly string[]
}

const impacts = { P1: 'critical', P2: 'major', P3: 'minor', P4: 'minor' } as const

export function pageSections(account: Account, regions: readonly Region[], show: (at: number) => string): PageSections {
  const { page, work, severity } = account
  const { known, assumed } = componentsOf(account, regions)
  const [component = 'APIs'] = known
  if (work) {
    const { announced, from, until, started, completed } = work
    const entry = {
      title: account.title,
      components: known,
      announced: show(announced),
      from: show(from),
      until: show(until),
      started: show(started),
      completed: show(completed),
    }
    return { page: [], maintenances: { work: entry }, times: [from, until, started, completed], assumed }
  }
  if (!page) return { page: [], maintenances: null, times: [], assumed: [] }
  const { opened, resolved } = page
  const title = tidy(resolved?.words ?? '')
  const open = {
    at: show(opened.at),
    open: 'incident',
    title: tidy(opened.words) || account.title,
    component,
    impact: impacts[severity?.is ?? 'P2'],
  }
  const close =
    resolved && resolved.at > opened.at
      ? { at: show(resolved.at), resolve: 'incident', ...(title !== '' && { title }) }
      : null
  const others = known.slice(1)
  const one =
    others.length > 0 ? [`The page's entry is about ${component}; the document also names ${others.join(', ')}.`] : []
  return {
    page: [open, ...(close ? [close] : [])],
    maintenances: null,
    times: [opened.at, ...(close && resolved ? [resolved.at] : [])],
    assumed: [...assumed, ...one],
  }
}

/** The API comes first: it is what a client under test can see. */
function componentsOf(
  { components }: Account,
  regions: readonly Region[],
): { readonly known: readonly string[]; readonly assumed: readonly string[] } {
  const placed = components.map((name) => ({ name, place: placeOf(name) }))
  const ordered = placed.toSorted(
    (one, other) => Number(one.place?.part === 'nothing') - Number(other.place?.part === 'nothing'),
  )
  const known = [...new Set(ordered.flatMap(({ place }) => place?.component ?? []))]
  const api = apiOf(homeOf(regions).only)
  const assumed = placed.flatMap(({ name, place }) => {
    if (!place)
      return [`The component ${JSON.stringify(name)} is like none of the simulated status page; it is left out.`]
    return place.component === name
      ? []
      : [`The component ${JSON.stringify(name)} is called ${place.component} on the simulated status page.`]
  })
  if (known.length > 0) return { known, assumed }
  return { known: [api], assumed: [...assumed, `No component of the page is named: it is taken to be ${api}.`] }
}
