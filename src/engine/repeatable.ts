// The same scenario, client and seed must give the same history, byte for byte. One run in twenty is played twice to make sure:
// a client that does not behave the same twice cannot be judged by one look at it, and neither can we.

import { readFileSync } from 'node:fs'
import { closeText, firstDifference, sha256 } from '#history/text.ts'
import { withBaseline } from './aftermath.ts'
import type { Job } from './job.ts'
import { playRun, type About, type End } from './played.ts'

/** The same end when the run can be repeated, or cannot be compared; otherwise a `harness-error` that names the first event
 * that differs. */
export async function checkRepeatable(about: About, job: Omit<Job, 'faults'>, end: End): Promise<End> {
  if (end.kind !== 'judged' || end.withoutFaults || end.header.baseline === null) return end
  const again = await playRun(about, { ...job, faults: true }, about.options.signal, true)
  // A client that dies is stopped at a moment of real time.
  if (!('history' in again) || end.counts['client.crashed'] !== undefined) return end
  const { text } = withBaseline(again, end.header.baseline)
  if (sha256(text) === end.historySha256) {
    closeText(text)
    return end
  }
  const line = firstDifference(readFileSync(about.options.historyFile, 'utf8'), text)
  closeText(text)
  return {
    kind: 'harness-error',
    message:
      `The client "${about.options.client.name}" did not do the same twice with the same seed: the histories differ from line ` +
      `${line} on. Something outside of virtual time and of the seed decides there, such as real input, a thread or memory.`,
  }
}
