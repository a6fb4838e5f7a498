// What the program in a page is given: times in milliseconds since the start of the run, texts fit to be shown.

import type { Band, Moment } from '#scene/bands.ts'
import type { Column } from '#scene/column.ts'
import type { Series } from '#scene/series.ts'
import type { Silences } from '#scene/silences.ts'
import type { Story } from '#scene/story.ts'

export type PageData = {
  readonly startMs: number
  readonly spanMs: number
  readonly series: Series
  readonly twin: Series | null
  readonly silences: Silences
  /** Operations that were accepted as queued and wait at the client, told as changes. */
  readonly backlog: Column
  readonly bands: readonly Band[]
  readonly moments: readonly Moment[]
  /** By the place of the verdict on the page. */
  readonly stories: Readonly<Record<string, Story>>
  /** What operations promise to be settled within. */
  readonly due: readonly { readonly name: string; readonly withinMs: number }[]
  readonly faultsFrom: number | null
  readonly faultsUntil: number | null
}
