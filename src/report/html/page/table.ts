// The figures in view as a table, for whoever does not see the chart.

import { formatMeasured } from '#clock/instant.ts'
import { outcomes } from '#scene/series.ts'
import type { PageData } from '../page-data.ts'
import { made } from './dom.ts'
import type { Bucket } from './figures.ts'
import { timeIn } from './readout.ts'

type Column = { readonly title: string; readonly show: (bucket: Bucket) => string }

export const mostRows = 60

export function figureTable(buckets: readonly Bucket[], data: PageData): HTMLTableElement {
  const columns = columnsOf(buckets, data)
  const head = made('tr', '', ...columns.map(({ title }) => headOf(title)))
  const body = buckets.map((bucket) =>
    made(
      'tr',
      '',
      ...columns.map(({ show }, index) => made(index === 0 ? 'th' : 'td', index === 0 ? '' : 'number', show(bucket))),
    ),
  )
  return made('table', '', made('thead', '', head), made('tbody', '', ...body))
}

function headOf(title: string): HTMLTableCellElement {
  const cell = made('th', '', title)
  cell.scope = 'col'
  return cell
}

function columnsOf(buckets: readonly Bucket[], data: PageData): Column[] {
  const used = outcomes.filter((outcome) => buckets.some(({ asked }) => asked[outcome] > 0))
  const latency = (ms: number | null): string => (ms === null ? '–' : formatMeasured(ms))
  return [
    { title: 'from', show: ({ from }) => timeIn(data, from) },
    { title: 'asked', show: ({ operations }) => String(operations) },
    ...used.map((outcome) => ({ title: outcome, show: ({ asked }: Bucket) => String(asked[outcome]) })),
    { title: 'sent', show: ({ sent }) => String(sent) },
    ...(data.twin ? [{ title: 'sent without faults', show: ({ twin }: Bucket) => String(twin?.sent ?? 0) }] : []),
    { title: 'p50', show: ({ p50 }) => latency(p50) },
    { title: 'p99', show: ({ p99 }) => latency(p99) },
    { title: 'in flight', show: ({ inFlight }) => String(inFlight) },
    { title: 'queue there', show: ({ queue }) => String(queue) },
  ]
}
