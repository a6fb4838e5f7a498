// Histories that were cut, edited or made up: each is refused in a sentence with its line, and a sound one is read as it was.

import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { createStory } from '../../test/history-builder.ts'
import { encodeHistory } from './codec.ts'
import type { HistoryEvent } from './event.ts'
import { readHistory } from './read-history.ts'

const story = createStory({ promises: { 'contact.read': { withinMs: 10_000, degrade: [{ kind: 'error' }] } } })
story.read({ at: '1m' })
const sound = encodeHistory(story.history())
const lines = sound.trimEnd().split('\n')

function told(text: string): string {
  try {
    readHistory(text, 'h.ndjson')
    return 'fine'
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
}

/** The sound one with one event, or its header, edited. */
function edited(index: number, edit: (event: Record<string, unknown>) => void): string {
  const event = JSON.parse(lines[index] ?? '') as Record<string, unknown>
  edit(event)
  return `${lines.with(index, JSON.stringify(event)).join('\n')}\n`
}

function headed(edit: (header: Record<string, unknown>) => void): string {
  return edited(0, ({ header }) => edit(header as Record<string, unknown>))
}

const lineOf = (kind: HistoryEvent['kind']): number => lines.findIndex((line) => line.includes(`"${kind}"`))
const sent = lineOf('exchange.sent')
const ended = lineOf('exchange.ended')
const at = (index: number): string => `h.ndjson:${index + 1}: `

test('a sound history is read as it was, with or without its last line break', () => {
  expect(Array.from(readHistory(sound, 'h.ndjson'))).toEqual(Array.from(story.history()))
  expect(readHistory(sound.trimEnd(), 'h.ndjson').length).toBe(lines.length)
  expect(readHistory(sound.replaceAll('\n', '\r\n'), 'h.ndjson').length).toBe(lines.length)
})

/** As it is where a real clock goes on while everything is being set up. */
const late = (transport: string): string =>
  edited(0, (event) => {
    event['at'] = 82.43
    Object.assign(event['header'] as object, { transport })
  })

test('on real sockets the first event comes when all is set up, in virtual time at 0', () => {
  expect(readHistory(late('loopback'), 'h.ndjson').at(0).at).toBe(82.43)
  expect(told(late('virtual'))).toContain('h.ndjson:1: the first event is not at time 0')
})

test('what earlier versions did not write yet is there all the same', () => {
  const { header } = readHistory(
    headed((old) => {
      delete old['properties']
      delete old['declares']
    }),
    'h.ndjson',
  )
  expect(header).toMatchObject({ properties: [], declares: {} })
})

const settled = lineOf('operation.ok')

test.for<[what: string, text: string, where: number, says: string]>([
  [
    'a span that is over before its phases',
    headed((header) => (header['spanMs'] = 0)),
    0,
    'and the run is over at 0 ms',
  ],
  [
    'an operation of another name',
    edited(settled, (event) => (event['operation'] = 77)),
    settled,
    'operation.ok tells of the operation 77, which was never invoked',
  ],
  [
    'a request of another operation',
    edited(sent, (event) => (event['operation'] = 77)),
    sent,
    'exchange.sent tells of the operation 77, which was never invoked',
  ],
  [
    'an answer to another request',
    edited(ended, (event) => (event['exchange'] = 77)),
    ended,
    'exchange.ended tells of the exchange 77, which was never sent',
  ],
])('%s is refused', ([, text, where, says]) => {
  expect(told(text)).toContain(`${at(where)}`)
  expect(told(text)).toContain(says)
})

test('nothing begins or ends twice', () => {
  const renumbered = (index: number) =>
    [...lines.slice(0, index + 1), ...lines.slice(index)]
      .map((line, seq) => JSON.stringify({ ...(JSON.parse(line) as object), seq }))
      .join('\n')
  expect(told(renumbered(settled))).toContain('the operation 0 ends a second time')
  expect(told(renumbered(sent))).toContain('the exchange 0 is sent a second time')
  expect(told(renumbered(lineOf('operation.invoked')))).toContain('the operation 0 is invoked a second time')
})

test('names of the prototype are names, and nothing is inherited', () => {
  const promises = '{"__proto__":{"degrade":[]},"constructor":{"degrade":[]},"x":{"degrade":[]}}'
  const { header } = readHistory(sound.replace(/"promises":\{.*?\]\}\}/u, `"promises":${promises}`), 'h.ndjson')
  expect(Object.keys(header.promises).toSorted()).toEqual(['constructor', 'x'])
  expect(header.promises['toString']).toBeUndefined()
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('degrade')
})

test.for<[string, string, string]>([
  ['an empty file', '', 'h.ndjson: the file is empty'],
  ['blanks only', ' \n\n', 'h.ndjson: the file is empty'],
  ['prose', 'Dear reader\n', 'h.ndjson:1: this line is not JSON'],
  ['a report', '{\n  "format": 1\n}\n', 'h.ndjson:1: this line is not JSON'],
  ['a report on one line', '{"format":1,"tool":"brownout"}\n', 'does not begin with run.started and a header'],
  ['a list', '[1]\n', 'h.ndjson:1: this line is JSON, but not an event'],
  ['a number', '7\n', 'h.ndjson:1: this line is JSON, but not an event'],
  ['a line of prose', lines.with(2, 'oops').join('\n'), 'h.ndjson:3: this line is not JSON'],
  ['an empty line', lines.with(2, '').join('\n'), 'h.ndjson:3: this line is not JSON'],
  [
    'the last line cut',
    sound.slice(0, -9),
    `${at(lines.length - 1)}the history is cut off: its last line is not whole`,
  ],
  [
    'the end missing',
    `${lines.slice(0, -1).join('\n')}\n`,
    `${at(lines.length - 2)}the history is cut off: its last event is operation.ok, not run.ended`,
  ],
  ['two runs in one file', sound + sound, 'the run starts a second time'],
  [
    'more after the end',
    `${sound}{"seq":${lines.length},"at":9e6,"kind":"phase.started","phase":"x"}\n`,
    'comes after the end',
  ],
  ['a line missing', lines.toSpliced(2, 1).join('\n'), 'h.ndjson:3: the event number 3 stands where number 2 belongs'],
  [
    'a line doubled',
    lines.toSpliced(2, 0, lines[2] ?? '').join('\n'),
    'h.ndjson:4: the event number 2 stands where number 3',
  ],
  [
    'an event without a number',
    edited(2, (event) => delete event['seq']),
    'an event without a number stands where number 2',
  ],
  ['a number as a text', edited(2, (event) => (event['seq'] = '2')), 'an event without a number'],
  ['time that runs back', edited(2, (event) => (event['at'] = 0)), 'h.ndjson:3: this event happens at 0 ms, before'],
  ['time without end', sound.replace('"at":60100', '"at":1e999'), 'must be milliseconds since the start of the run'],
  ['time before the start', edited(2, (event) => (event['at'] = -1)), 'must be milliseconds since the start'],
  [
    'an unknown event',
    edited(2, (event) => (event['kind'] = 'exchange.send')),
    'there is no event "exchange.send"\nDid you mean exchange.sent?',
  ],
  [
    'an event of the future',
    edited(2, (event) => (event['kind'] = 'quark.spun')),
    'Was it written by a newer version?',
  ],
  [
    'an event named after the prototype',
    edited(2, (event) => (event['kind'] = 'constructor')),
    'there is no event "constructor"',
  ],
  ['an event without a kind', edited(2, (event) => delete event['kind']), 'this line is JSON, but not an event'],
  ['a field missing', edited(sent, (event) => delete event['host']), `${at(sent)}\`host\` of exchange.sent is missing`],
  [
    'a field of another kind',
    edited(sent, (event) => (event['operation'] = 'x')),
    '`operation` of exchange.sent cannot be "x"',
  ],
  ['a negative number', edited(sent, (event) => (event['exchange'] = -1)), '`exchange` of exchange.sent cannot be -1'],
  [
    'a map where versions belong',
    edited(ended, (event) => (event['contains'] = { x: {} })),
    '`contains` of exchange.ended cannot be',
  ],
  ['a list where versions belong', edited(ended, (event) => (event['contains'] = [])), '`contains` of exchange.ended'],
  ['no header', edited(0, (event) => (event['header'] = null)), 'does not begin with run.started and a header'],
  [
    'another format',
    headed((header) => (header['format'] = 2)),
    'h.ndjson:1: the history has the format 2, and this version reads format 1',
  ],
  ['no format', headed((header) => delete header['format']), 'the history has the format missing'],
  ['no client', headed((header) => delete header['client']), 'h.ndjson:1: `header.client` is missing'],
  ['no phases', headed((header) => (header['phases'] = [])), '`header.phases` cannot be []'],
  ['a start beyond the calendar', headed((header) => (header['startMs'] = 1e18)), '`header.startMs` cannot be'],
  ['an unknown profile', headed((header) => (header['profile'] = 'soft')), '`header.profile` cannot be "soft"'],
  ['a promise that is none', headed((header) => (header['promises'] = { x: 1 })), '`header.promises.x` cannot be 1'],
  [
    'a ladder without steps',
    headed((header) => (header['promises'] = { x: {} })),
    '`header.promises.x.degrade` is missing',
  ],
])('%s is refused', ([, text, says]) => {
  expect(told(text)).toContain(says)
})

test('a history of too many events is refused before it fills the memory', () => {
  expect(() => readHistory(sound, 'h.ndjson', lines.length - 1)).toThrow(`more than ${lines.length - 1} events`)
  expect(readHistory(sound, 'h.ndjson', lines.length).length).toBe(lines.length)
})
