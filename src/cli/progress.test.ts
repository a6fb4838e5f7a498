import { expect, test } from 'vitest'
import { createProgress } from './progress.ts'

function record(isTTY: boolean, quiet = false): string {
  let written = ''
  const progress = createProgress({ isTTY, write: (text: string) => (written += text) }, quiet)
  progress.starts('au-regional-timeout\u001B[2J')
  progress.moves({ phase: 'baseline', virtualMs: 100, spanMs: 9_900_000, nominal: true })
  progress.moves({ phase: 'onset', virtualMs: 4_950_000, spanMs: 9_900_000, nominal: false })
  progress.moves({ phase: 'onset', virtualMs: 4_950_001, spanMs: 9_900_000, nominal: false })
  progress.ends()
  return written
}

test('on a terminal one line is overwritten, and erased at the end', () => {
  expect(record(true).split('\r\u001B[K')).toEqual([
    '',
    'au-regional-timeout: starting',
    'au-regional-timeout: without faults, 0% of 2h45m',
    'au-regional-timeout: onset, 50% of 2h45m',
    '',
  ])
})

test('elsewhere a run is one plain line', () => {
  expect(record(false)).toBe('replaying au-regional-timeout\n')
})

test('nothing is said when quiet', () => {
  expect(record(true, true)).toBe('')
})
