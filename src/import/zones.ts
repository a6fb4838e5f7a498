// Time zones as people write them behind a time. An abbreviation that means several zones is none.

/** Minutes ahead of UTC. */
const abbreviations: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  WET: 0,
  BST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  EST: -300,
  EDT: -240,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  JST: 540,
  SGT: 480,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
}

/** India or Ireland, China or Chicago: nobody can tell. Neither can what changes twice a year. */
const ambiguous: ReadonlySet<string> = new Set(['IST', 'CST', 'ET', 'CT', 'MT', 'PT', 'AST', 'SST', 'WST'])

export type Zone = { readonly name: string; readonly minutes: number | null }

const zone =
  /^[ ]?\(?(?:(UTC|GMT)?([+-])(\d{1,2})(?::?([0-5]\d))?|(Z|UTC|GMT|WET|BST|CES?T|EES?T|[ECMP][SD]T|[JI]ST|SGT|AE[SD]T|NZ[SD]T|[ECMP]T|[ASW]ST))(?!\w|:\d)\)?/u

/** At the beginning of a text; `minutes` is `null` for one that means several. `isAlone`: nothing but a zone can stand there, while
 * `11:14-11:40` and `11:14 -2 servers` have none. */
export function zoneAt(text: string, isAlone = true): (Zone & { readonly length: number }) | undefined {
  const found = zone.exec(text)
  if (!found) return undefined
  const [all, prefix, sign, hours = '', rest = '0', word] = found
  const name = all.replaceAll(/[() ]/gu, '')
  const isOffset = prefix !== undefined || isAlone || (sign === '+' ? hours.length === 2 : /^ ?\(?-\d{4}/u.test(all))
  if (word === undefined && !isOffset) return undefined
  if (word !== undefined) {
    return { name, minutes: ambiguous.has(word) ? null : (abbreviations[word] ?? null), length: all.length }
  }
  const minutes = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(rest))
  return Math.abs(minutes) <= 14 * 60 ? { name, minutes, length: all.length } : undefined
}
