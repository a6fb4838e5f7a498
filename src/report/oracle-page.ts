// The page of docs that says what every oracle verifies, by which numbers, and where those come from. Made from the oracles, so
// that it cannot say anything else than they do.

import { formatDuration } from '#clock/instant.ts'
import type { Profile, Unit } from '#history/header.ts'
import { oracles } from '#oracle/catalog.ts'
import type { Oracle, Param } from '#oracle/oracle.ts'
import { nameInWords } from './quantity.ts'

const profiles: readonly Profile[] = ['strict', 'default', 'lenient']

const mark = '<!-- Below: made from the code by `npm run schemas`. -->'

/** The page with the part above the mark kept. Throws when it has no mark. */
export function withOwnPart(page: string, made: string): string {
  const end = page.indexOf(mark)
  if (end < 0) throw new Error(`The page about the oracles has lost its mark: ${mark}`)
  return `${page.slice(0, end)}${mark}\n\n${made}`
}

/** What is made: a section for each oracle. */
export function oraclePage(): string {
  return Array.from(oracles.values(), section).join('\n')
}

function section({ name, family, verified, notVerified, hint, params, selectors }: Oracle): string {
  const needs = Object.keys(selectors)
  return [
    `## ${name}`,
    '',
    `${verified} *Not verified:* ${notVerified}`,
    '',
    `${family === 'safety' ? 'Safety: nothing bad happens' : 'Liveness: something good happens'}.${
      needs.length > 0 ? ` A scenario may name its ${needs.join(' and ')}.` : ''
    } When it fails: ${hint}`,
    '',
    ...tableOf(params),
  ].join('\n')
}

function tableOf(params: Oracle['params']): string[] {
  const rows = Object.entries(params)
  if (rows.length === 0) return []
  return [
    `| number | ${profiles.join(' | ')} | source |`,
    `| --- | --- | --- | --- | --- |`,
    ...rows.map(([name, param]) => rowOf(name, param)),
    '',
  ]
}

function rowOf(name: string, { unit, bound = 'at-most', defaults, cite }: Param): string {
  const values = profiles.map((profile) => shown(defaults[profile], unit))
  return `| ${nameInWords(name)}, ${bound === 'at-most' ? 'at most' : 'at least'} | ${values.join(' | ')} | ${cite.replaceAll('|', '/')} |`
}

function shown(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return 'no limit'
  if (unit === 'ms') return value === 0 ? '0' : formatDuration(value)
  if (unit === 'share') return `${Math.round(value * 10_000) / 100}%`
  return unit === 'ratio' ? `${value}x` : String(value)
}
