import { expect, test } from 'vitest'
import { createFuzzProgress, progressLine } from './fuzz-progress.ts'

const progress = {
  runs: 100,
  failures: new Map([['amplification', 3]]),
  meetings: 41,
  shrinking: undefined,
  trials: 20,
}

test('the line says how far, how fast, how long yet, what failed and what was met', () => {
  expect(progressLine(progress, 500, 10_000)).toBe(
    '100 of 500 runs, 12.0/s, about 34s left; failed: amplification 3; 41 meetings of fault and request',
  )
  expect(progressLine({ ...progress, failures: new Map(), shrinking: 'stays-alive' }, 500, 10_000)).toBe(
    '100 of 500 runs, 12.0/s, making the case of stays-alive smaller (20 trials so far); nothing failed; 41 meetings of fault and request',
  )
})

test('on a terminal it is one line that is taken away in the end', () => {
  let written = ''
  const live = createFuzzProgress({ isTTY: true, write: (text) => (written += text) }, false, 500)
  live.moves(progress)
  live.close()
  live.close()
  expect(written.startsWith('\r\u001B[K100 of 500 runs')).toBe(true)
  expect(written.endsWith('\r\u001B[K')).toBe(true)
  expect(written).not.toContain('\n')
})

test('elsewhere there is a line now and then, and none when it is to be quiet', () => {
  let written = ''
  const sink = { write: (text: string) => (written += text) }
  createFuzzProgress(sink, false, 500).moves(progress)
  createFuzzProgress({ ...sink, isTTY: true }, true, 500).moves(progress)
  expect(written).toBe('')
})
