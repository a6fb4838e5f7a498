// The public status page, Statuspage API version 2. It shows what the scenario says it showed, when it said it: a client that
// waits for the page is as late as the page was.

import type { Host, Reply, Service, ServiceRequest } from '../service.ts'
import { usualComponents } from './components.ts'
import { milestonesOf, pageStateAt } from './page-state.ts'
import { renderFile } from './render-page.ts'
import type { PageMaintenance, StatusPageChange } from './status-change.ts'

export type StatusPageOptions = {
  readonly startMs: number
  readonly changes: readonly StatusPageChange[]
  readonly maintenances?: readonly PageMaintenance[]
}

const region = 'global'
const product = 'status'
const root = '/api/v2/'
const hosts: readonly Host[] = ['status.intercom.com', 'www.intercomstatus.com'].map((host) => ({
  host,
  region,
  product,
}))
export function createStatusPage({ startMs, changes, maintenances = [] }: StatusPageOptions): Service {
  const inOrder = changes.toSorted((a, b) => a.at - b.at)
  const opened = inOrder.flatMap((change) => (change.kind === 'open' ? [change.component] : []))
  const maintained = maintenances.flatMap((maintenance) => maintenance.components)
  const components = [...new Set([...usualComponents, ...opened, ...maintained])]
  const times = [...inOrder.map(({ at }) => at), ...milestonesOf(maintenances)]
  const texts = new Map<string, string>()
  const textAt = (file: string, at: number): string | undefined => {
    const key = `${times.filter((time) => time <= at).length} ${file}`
    const known = texts.get(key)
    if (known !== undefined) return known
    const text = renderFile(file, { startMs, components, state: pageStateAt(inOrder, maintenances, at) })
    // Only files that exist are kept: a client may ask for any number of others.
    if (text !== undefined) texts.set(key, text)
    return text
  }
  return {
    name: 'status-page',
    hosts,
    facts: ({ url }) => ({ route: url.pathname, region, product, workspace: null }),
    handle: (request, at) => reply(request, (file) => textAt(file, at)),
  }
}

function reply({ method, url }: ServiceRequest, textOf: (file: string) => string | undefined): Reply {
  const isFile = (method === 'GET' || method === 'HEAD') && url.pathname.startsWith(root)
  const text = isFile ? textOf(url.pathname.slice(root.length)) : undefined
  return {
    status: text === undefined ? 404 : 200,
    headers: [
      ['content-type', 'application/json; charset=utf-8'],
      ['cache-control', 'max-age=0, private, must-revalidate'],
      ['access-control-allow-origin', '*'],
    ],
    body: method === 'HEAD' ? null : (text ?? '{"error":"Not found"}'),
    contains: {},
    effects: [],
  }
}
