// How far a run is: one line that is overwritten on a terminal, and one plain line for each run elsewhere. It goes to the
// error stream, so that the report can be piped.

import { formatDuration } from '#clock/instant.ts'
import type { RunProgress } from '#engine/run.ts'
import { oneLine } from '#context/foreign-text.ts'

export type Progress = { starts(scenario: string): void; moves(at: RunProgress): void; ends(): void }

type Sink = { readonly isTTY?: boolean; write(text: string): unknown }

const eraseLine = '\r\u001B[K'

export function createProgress(sink: Sink, quiet: boolean): Progress {
  if (quiet) return { starts() {}, moves() {}, ends() {} }
  return sink.isTTY ? liveLine(sink) : plainLines(sink)
}

function liveLine(sink: Sink): Progress {
  let name = ''
  let shown = ''
  const show = (text: string): void => {
    if (text === shown) return
    shown = text
    sink.write(eraseLine + text)
  }
  return {
    starts(scenario) {
      name = oneLine(scenario)
      show(`${name}: starting`)
    },
    moves({ phase, virtualMs, spanMs, nominal }) {
      const percent = Math.min(100, Math.floor((virtualMs / Math.max(1, spanMs)) * 100))
      const part = nominal ? 'without faults' : oneLine(phase)
      show(`${name}: ${part}, ${percent}% of ${formatDuration(spanMs)}`)
    },
    ends: () => show(''),
  }
}

function plainLines(sink: Sink): Progress {
  return {
    starts: (scenario) => void sink.write(`replaying ${oneLine(scenario)}\n`),
    moves() {},
    ends() {},
  }
}
