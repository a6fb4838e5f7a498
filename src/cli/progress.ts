// How far the runs are: one line that is overwritten on a terminal, and one plain line for each run elsewhere. It goes to the
// error stream, so that the report can be piped.

import { formatDuration } from '#clock/instant.ts'
import type { RunProgress } from '#engine/run-options.ts'
import { oneLine } from '#context/foreign-text.ts'
import { formatMoment } from '#report/console-phases.ts'

export type Progress = {
  starts(scenario: string): void
  moves(scenario: string, at: RunProgress): void
  ends(scenario: string): void
  close(): void
}

type Sink = { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown }

const eraseLine = '\r\u001B[K'
const minuteMs = 60_000
const secondMs = 1_000

/** `total`: how many runs there will be. */
export function createProgress(sink: Sink, quiet: boolean, total: number): Progress {
  if (quiet) return { starts() {}, moves() {}, ends() {}, close() {} }
  return sink.isTTY ? liveLine(sink, total) : plainLines(sink)
}

function liveLine(sink: Sink, total: number): Progress {
  let shown = ''
  let done = 0
  // The twin is played beside the incident; of the two the incident is what one waits for.
  const inIncident = new Set<string>()
  const show = (text: string): void => {
    const clipped = clipLine(text, sink.columns)
    if (clipped === shown) return
    shown = clipped
    sink.write(eraseLine + clipped)
  }
  const line = (scenario: string, text: string): string => {
    const count = total > 1 ? `${done} of ${total} done, ` : ''
    return `${count}${oneLine(scenario)}: ${text}`
  }
  return {
    starts: (scenario) => show(line(scenario, 'starting')),
    moves(scenario, { phase, virtualMs, spanMs, startMs, nominal, scale }) {
      if (nominal && inIncident.has(scenario)) return
      if (!nominal) inIncident.add(scenario)
      const percent = Math.min(100, Math.floor((virtualMs / Math.max(1, spanMs)) * 100))
      const part = nominal ? 'without faults' : oneLine(phase)
      const clock = formatMoment(startMs + Math.floor(virtualMs / minuteMs) * minuteMs, startMs)
      const length = `${formatDuration(spanMs)}${scale === undefined ? '' : `, which take ${realTimeOf(spanMs, scale)}`}`
      show(line(scenario, `${clock} ${part}, ${percent}% of ${length}`))
    },
    ends: () => {
      done += 1
    },
    close: () => show(''),
  }
}

function realTimeOf(spanMs: number, scale: number): string {
  return formatDuration(Math.ceil(spanMs / scale / secondMs) * secondMs)
}

/** A line that the terminal breaks cannot be erased as one. */
export function clipLine(text: string, columns: number | undefined): string {
  return columns !== undefined && columns > 0 && text.length >= columns ? text.slice(0, columns - 1) : text
}

function plainLines(sink: Sink): Progress {
  const isTold = new Set<string>()
  return {
    starts: (scenario) => void sink.write(`replaying ${oneLine(scenario)}\n`),
    // Whoever waits for minutes wants to know for how many.
    moves(scenario, { spanMs, scale }) {
      if (scale === undefined || isTold.has(scenario)) return
      isTold.add(scenario)
      const how = scale === 1 ? 'as the incident did' : `which is ${formatDuration(spanMs)} at ${scale} times the speed`
      const takes = `${realTimeOf(spanMs, scale)}, ${how}`
      sink.write(`${oneLine(scenario)} is in real time and takes ${takes}\n`)
    },
    ends(scenario) {
      isTold.delete(scenario)
    },
    close() {},
  }
}
