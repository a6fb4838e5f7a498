// Names as a definition has them, from those of a specification.

import { withoutMarks } from '../latin.ts'

/** `news-items` to `newsItem`; `undefined` where nothing of it is a name. */
export function resourceName(segment: string): string | undefined {
  const words = withoutMarks(segment)
    .split(/[^A-Za-z0-9]+/u)
    .filter((word) => word !== '')
  const last = words.at(-1)
  if (last === undefined) return undefined
  const [first = '', ...rest] = [...words.slice(0, -1), singular(last)]
  const name = `${first.charAt(0).toLowerCase()}${first.slice(1)}${rest.map(capital).join('')}`.slice(0, 40)
  return /^[a-z][A-Za-z0-9]*$/u.test(name) ? name : undefined
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function singular(word: string): string {
  if (/[^aeiou]ies$/iu.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh)es$/iu.test(word)) return word.slice(0, -2)
  return /[^su]s$/iu.test(word) ? word.slice(0, -1) : word
}

const dull = new Set(['api', 'rest', 'the', 'openapi', 'public', 'specification', 'service', 'v'])

/** Of a title: `The Parcel Service API v2` is `parcel`. */
export function serviceName(title: string): string {
  const words =
    withoutMarks(title)
      .toLowerCase()
      .match(/[a-z]+/gu) ?? []
  const kept = words.filter((word) => !dull.has(word)).slice(0, 2)
  return kept.join('-').slice(0, 40).replace(/-$/u, '') || 'imported'
}

/** Small words with dashes: `depot_id` and `depotId` are the same. */
export function plainName(name: string): string {
  return withoutMarks(name)
    .replaceAll(/([a-z0-9])([A-Z])/gu, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '_')
}
