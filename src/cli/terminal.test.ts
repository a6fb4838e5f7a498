import { expect, test } from 'vitest'
import { screenOf } from './terminal.ts'

const terminal = { isTTY: true, columns: 100 } as const
const pipe = { isTTY: false, columns: 0 } as unknown as typeof terminal

test.for([
  { stream: terminal, environment: {}, wants: true, color: true },
  { stream: terminal, environment: {}, wants: false, color: false },
  { stream: terminal, environment: { NO_COLOR: '1' }, wants: true, color: false },
  { stream: terminal, environment: { NO_COLOR: '' }, wants: true, color: true },
  { stream: terminal, environment: { TERM: 'dumb' }, wants: true, color: false },
  { stream: terminal, environment: { FORCE_COLOR: '0' }, wants: true, color: false },
  { stream: pipe, environment: {}, wants: true, color: false },
  { stream: pipe, environment: { FORCE_COLOR: '1' }, wants: true, color: true },
  { stream: pipe, environment: { FORCE_COLOR: '1', NO_COLOR: '1' }, wants: true, color: false },
])('colour is $color for $environment', ({ stream, environment, wants, color }) => {
  expect(screenOf(stream, environment, wants).color).toBe(color)
})

test.for([
  { environment: {}, unicode: true },
  { environment: { LANG: 'en_GB.UTF-8' }, unicode: true },
  { environment: { LANG: 'C.utf8' }, unicode: true },
  { environment: { LANG: 'C' }, unicode: false },
  { environment: { LANG: 'en_GB.UTF-8', LC_ALL: 'POSIX' }, unicode: false },
  { environment: { TERM: 'linux', LANG: 'en_GB.UTF-8' }, unicode: false },
])('unicode is $unicode for $environment', ({ environment, unicode }) => {
  expect(screenOf(pipe, environment, true).unicode).toBe(unicode)
})

test.for([
  { columns: 300, shown: 110 },
  { columns: 40, shown: 60 },
  { columns: 100, shown: 100 },
])('a terminal of $columns columns is used as one of $shown', ({ columns, shown }) => {
  expect(screenOf({ isTTY: true, columns }, {}, true).columns).toBe(shown)
})

test.for([
  { COLUMNS: '80', shown: 80 },
  { COLUMNS: '300', shown: 110 },
  { COLUMNS: '1', shown: 60 },
  { COLUMNS: '', shown: 106 },
  { COLUMNS: 'wide', shown: 106 },
  { COLUMNS: '-80', shown: 106 },
])('a pipe is $shown columns wide with COLUMNS=$COLUMNS', ({ COLUMNS, shown }) => {
  expect(screenOf(pipe, { COLUMNS }, true).columns).toBe(shown)
})
