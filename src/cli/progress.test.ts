import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

const startMs = Date.UTC(2026, 3, 27, 11)

function record(isTTY: boolean, quiet = false, total = 1): string {
  let written = ''
  const progress = createProgress({ isTTY, write: (text: string) => (written += text) }, quiet, total)
  const name = 'au-regional-timeout\u001B[2J'
  progress.starts(name)
  progress.moves(name, { phase: 'baseline', virtualMs: 100, spanMs: 9_900_000, startMs, nominal: true })
  progress.moves(name, { phase: 'onset', virtualMs: 4_950_000, spanMs: 9_900_000, startMs, nominal: false })
  progress.moves(name, { phase: 'onset', virtualMs: 4_950_001, spanMs: 9_900_000, startMs, nominal: false })
  progress.moves(name, { phase: 'onset', virtualMs: 5_000_000, spanMs: 9_900_000, startMs, nominal: true })
  progress.ends(name)
  if (total > 1) progress.starts('another')
  progress.close()
  return written
}

test('on a terminal one line is overwritten, and erased at the end', () => {
  expect(record(true).split('\r\u001B[K')).toEqual([
    '',
    'au-regional-timeout: starting',
    'au-regional-timeout: 11:00Z without faults, 0% of 2h45m',
    'au-regional-timeout: 12:22Z onset, 50% of 2h45m',
    '',
  ])
})

test('of several runs the line counts those that are done', () => {
  const lines = record(true, false, 3).split('\r\u001B[K')
  expect(lines[1]).toBe('0 of 3 done, au-regional-timeout: starting')
  expect(lines.at(-2)).toBe('1 of 3 done, another: starting')
})

test('a line is never as wide as the terminal, which would break it', () => {
  let written = ''
  const progress = createProgress({ isTTY: true, columns: 30, write: (text: string) => (written += text) }, false, 1)
  progress.starts('a-scenario-with-quite-a-long-name')
  progress.close()
  expect(written.split('\r\u001B[K')).toEqual(['', 'a-scenario-with-quite-a-long-', ''])
})

test('elsewhere a run is one plain line', () => {
  expect(record(false)).toBe('replaying au-regional-timeout\n')
})

test('in real time it is said how long that takes, once for each run', () => {
  const at = { phase: 'baseline', virtualMs: 100, spanMs: 600_000, startMs, nominal: false }
  const told = (isTTY: boolean, scale = 7): string => {
    let written = ''
    const progress = createProgress({ isTTY, write: (text: string) => (written += text) }, false, 1)
    progress.starts('ten-minutes')
    for (let nth = 0; nth < 3; nth += 1) progress.moves('ten-minutes', { ...at, scale })
    progress.close()
    return written
  }
  expect(told(false)).toBe(
    'replaying ten-minutes\nten-minutes is in real time and takes 1m26s, which is 10m at 7 times the speed\n',
  )
  expect(told(false, 1)).toContain('takes 10m, as the incident did\n')
  expect(told(true).split('\r\u001B[K')[2]).toBe('ten-minutes: 11:00Z baseline, 0% of 10m, which take 1m26s')
})

test('nothing is said when quiet', () => {
  expect(record(true, true)).toBe('')
})
