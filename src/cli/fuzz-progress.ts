// How far a campaign is: one line that is overwritten on a terminal, and a plain one now and then elsewhere.

import { formatDuration } from '#clock/instant.ts'
import { wallMs } from '#engine/real-time.ts'
import type { CampaignProgress } from '#fuzz/campaign.ts'
import { clipLine } from './progress.ts'

type Sink = { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown }

export type FuzzProgress = { moves(progress: CampaignProgress): void; close(): void }

const eraseLine = '\r\u001B[K'
/** Real milliseconds between two plain lines. */
const plainEveryMs = 10_000

/** `total`: how many cases there will be at most. */
export function createFuzzProgress(sink: Sink, quiet: boolean, total: number): FuzzProgress {
  const startedAt = wallMs()
  if (quiet) return { moves() {}, close() {} }
  if (sink.isTTY) {
    let shown = ''
    return {
      moves: (progress) => {
        shown = clipLine(progressLine(progress, total, wallMs() - startedAt), sink.columns)
        sink.write(eraseLine + shown)
      },
      close: () => {
        if (shown !== '') sink.write(eraseLine)
        shown = ''
      },
    }
  }
  let told = startedAt
  return {
    moves(progress) {
      if (wallMs() - told < plainEveryMs) return
      told = wallMs()
      sink.write(`${progressLine(progress, total, told - startedAt)}\n`)
    },
    close() {},
  }
}

/** `232 of 500 runs, 12.4/s, 22s left; 3 oracles failed: ...; 41 meetings of fault and request`. */
export function progressLine(progress: CampaignProgress, total: number, wall: number): string {
  const { runs, failures, meetings, shrinking, trials } = progress
  const perSecond = ((runs + trials) / Math.max(1, wall)) * 1_000
  const left = formatDuration(Math.ceil((total - runs) / Math.max(0.01, perSecond)) * 1_000)
  const counts = [...failures].map(([oracle, cases]) => `${oracle} ${cases}`).join(', ')
  const doing =
    shrinking === undefined ? `about ${left} left` : `making the case of ${shrinking} smaller (${trials} trials so far)`
  const failed = failures.size === 0 ? 'nothing failed' : `failed: ${counts}`
  return `${runs} of ${total} runs, ${perSecond.toFixed(1)}/s, ${doing}; ${failed}; ${meetings} meetings of fault and request`
}
