// What a person must know of a skeleton: what was taken for granted, what was not used, and the words behind each fault. The same sentences
// go into the file and to the terminal.

import type { Account, Moment } from './account.ts'
import type { Said, Spoken } from './evidence.ts'
import type { Proposal } from './proposal.ts'
import type { Proposed } from './propose.ts'
import { shown } from './text-account.ts'
import { glimpse, sentenceCharacters, tidy } from './words.ts'

export function unusedOf(account: Account, spoken: Spoken, { faults, left, vain }: Proposed): readonly string[] {
  const told = new Set(account.moments.map(({ place }) => place))
  const unheard = new Set([...spoken.silent, ...vain])
  const silent = spoken.all
    .filter((one) => unheard.has(one))
    .filter(({ words }) => ![account.title, account.severity?.words].includes(tidy(words.replace(/^#+ */u, ''))))
  const undated = silent.filter(({ at, place }) => at === null && !told.has(place))
  const rest = silent.filter(({ at, place }) => at === null && told.has(place))
  const used = new Set(faults.flatMap(({ said }) => said).map(({ place }) => place))
  const quiet = [...told].filter((place) => !used.has(place))
  const long = account.moments.filter(({ words }) => tidy(words, Infinity).length > sentenceCharacters)
  return [
    ...account.unread.map(shown),
    ...left,
    ...long.map(({ place }) => `${place}: cut to ${sentenceCharacters} characters in the timeline.`),
    ...(quiet.length > 0 ? [`Told in the timeline, with nothing to propose a fault for: ${quiet.join(', ')}.`] : []),
    ...[...undated, ...rest].map(({ place, words }) => `${place}: ${glimpse(words)}${idle}`),
  ]
}

const idle = ': no time, and nothing to propose.'

/** The same for a screen: what is there for one reason is counted, and told by where it stands. */
export function grouped(unused: readonly string[]): readonly string[] {
  const same = unused.filter((item) => item.endsWith(idle))
  if (same.length < 3) return unused
  const places = [...new Set(same.map((item) => item.slice(0, item.indexOf(': '))))]
  return [
    ...unused.filter((item) => !item.endsWith(idle)),
    `${same.length} sentences without a time, with nothing to propose: ${ranges(places).join(', ')}.`,
  ]
}

/** Places of a text are lines, and lines that follow each other are told as one. */
function ranges(places: readonly string[]): readonly string[] {
  const lines = places.map((place) => Number(/^line (\d+)$/u.exec(place)?.[1])).toSorted((one, other) => one - other)
  if (lines.some(Number.isNaN))
    return [...places.slice(0, 8), ...(places.length > 8 ? [`${places.length - 8} more`] : [])]
  const runs: [from: number, to: number][] = []
  for (const line of lines) {
    const last = runs.at(-1)
    if (last && line === last[1] + 1) last[1] = line
    else runs.push([line, line])
  }
  return runs.map(([from, to]) => (from === to ? `line ${from}` : `lines ${from} to ${to}`))
}

/** Of one proposed fault. */
export function noteOf({ why, said }: Proposal): string {
  const quotes = said.slice(0, quoted).map(quoteOf)
  const others = [...new Set(said.slice(quoted).map(({ place }) => place))]
  return [
    ...wrapped(`Proposed, not documented: ${why.join('; ')}. Confirm it, change it, or remove it. From the words:`),
    ...quotes.flatMap((quote) => wrapped(quote, '  ')),
    ...(others.length > 0 ? wrapped(`and ${others.join(', ')}`, '  ') : []),
  ].join('\n')
}

const quoted = 8

function quoteOf({ place, words }: Said): string {
  return `${place}: ${glimpse(words)}`
}

/** In lines of a comment. */
export function wrapped(text: string, indent = ''): readonly string[] {
  const lines = text.match(/\S(?:.{0,124})(?=\s|$)|\S{125,}/gu) ?? []
  const hanging = indent === '' && !text.startsWith('- ') ? '' : `${indent}  `
  return lines.map((line, nth) => `${nth === 0 ? indent : hanging}${line}`)
}

export function listed(items: readonly string[]): readonly string[] {
  return items.flatMap((item) => wrapped(`- ${item}`))
}

export function factOf({ words }: Moment): string {
  return tidy(words)
}
