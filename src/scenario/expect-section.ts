// `armed` and `expect`: what must have happened for the run to prove anything, and what is asked beyond the oracles that
// judge every run. Settings are checked against the catalogue of oracles.

import { z } from 'zod'
import { formatDuration, parseDuration } from '#clock/instant.ts'
import { durationMs, formatShare } from '#fault/units.ts'
import type { Arming, Expectation, Unit } from '#history/header.ts'
import { oracles } from '#oracle/catalog.ts'
import type { Oracle } from '#oracle/oracle.ts'
import { quote, suggest } from './problem.ts'
import type { Path, Problems } from './problem.ts'
import { section, wholeNumber } from './terms.ts'

export const armedSchema = section({
  faultHits: wholeNumber(1, 1_000_000).optional().describe('Exchanges that a fault must have hit. Default: 1.'),
  unansweredFor: durationMs.optional().describe('Some exchange must have had no answer for this long. Default: 0s.'),
}).describe('Facts about the world without which the run proves nothing; never about a mechanism of the client.')

export const expectSchema = z
  .record(z.string(), z.record(z.string(), z.union([z.string(), z.number()])))
  .describe('Settings of oracles that this incident needs in particular. Every applicable oracle judges anyway.')

export function resolveArming(armed: z.infer<typeof armedSchema> | undefined): Arming {
  return { faultHits: armed?.faultHits ?? 1, unansweredForMs: armed?.unansweredFor ?? 0 }
}

/** The names that selectors may refer to. */
export type Names = { readonly load: readonly string[]; readonly phase: readonly string[] }

export function resolveExpect(
  expected: z.infer<typeof expectSchema>,
  names: Names,
  problems: Problems,
): readonly Expectation[] {
  return Object.entries(expected).map(([name, written]) => {
    const oracle = oracles.get(name)
    if (!oracle) {
      problems.key(['expect', name], `there is no oracle \`${name}\``, suggest(name, [...oracles.keys()], 'oracles'))
      return { oracle: name, settings: {} }
    }
    const about = Object.entries(oracle.selectors).find(([, kind]) => kind === 'load')?.[0]
    if (about !== undefined && !Object.hasOwn(written, about)) {
      const hint = `Loads: ${names.load.join(', ')}.`
      problems.key(['expect', name], `\`expect.${name}\` does not say which \`${about}\` it is about`, hint)
    }
    const settings = Object.entries(written).flatMap(([setting, value]) => {
      const resolved = resolveSetting(oracle, setting, value, names, problems)
      return resolved === undefined ? [] : [[setting, resolved] as const]
    })
    return { oracle: name, settings: Object.fromEntries(settings) }
  })
}

function resolveSetting(
  oracle: Oracle,
  setting: string,
  value: string | number,
  names: Names,
  problems: Problems,
): string | number | undefined {
  const path = ['expect', oracle.name, setting]
  const kind = Object.hasOwn(oracle.selectors, setting) ? oracle.selectors[setting] : undefined
  if (kind !== undefined) {
    if (!names[kind].includes(String(value))) {
      problems.value(
        path,
        `\`${path.join('.')}\` names the unknown ${kind} ${quote(value)}`,
        suggest(String(value), names[kind], `${kind}s`),
      )
    }
    return String(value)
  }
  const param = Object.hasOwn(oracle.params, setting) ? oracle.params[setting] : undefined
  if (param) return readNumber(param.unit, value, path, problems)
  const known = [...Object.keys(oracle.params), ...Object.keys(oracle.selectors)]
  problems.key(path, `the oracle \`${oracle.name}\` has no setting \`${setting}\``, suggest(setting, known, 'settings'))
  return undefined
}

export function unitOf(oracle: string, setting: string): Unit | undefined {
  const params = oracles.get(oracle)?.params ?? {}
  return Object.hasOwn(params, setting) ? params[setting]?.unit : undefined
}

/** As a person would write it. */
export function showSetting(value: string | number, unit: Unit | undefined): string {
  if (typeof value === 'string' || unit === undefined) return String(value)
  if (unit === 'ms') return formatDuration(value)
  if (unit === 'count') return String(value)
  return unit === 'share' ? formatShare(value) : `${value}x`
}

/** How a number of each unit is written: as a JSON Schema pattern, and in words. */
export const forms: Readonly<Record<Unit, { readonly pattern: RegExp; readonly words: string }>> = {
  ms: { pattern: /^(?:\d{1,9}(?:\.\d{1,6})?(?:ms|[smhd]))+$/u, words: 'a duration such as 2m' },
  count: { pattern: /^\d{1,9}$/u, words: 'a whole number' },
  share: { pattern: /^(?:100(?:\.0{1,6})?|\d{1,2}(?:\.\d{1,6})?)%$/u, words: 'a percentage such as 99%' },
  ratio: { pattern: /^\d{1,6}(?:\.\d{1,6})?x$/u, words: 'a factor such as 1.5x' },
}

function readNumber(unit: Unit, value: string | number, path: Path, problems: Problems): number | undefined {
  const text = String(value)
  const form = forms[unit]
  if (!form.pattern.test(text)) {
    const guess = guesses(text).find((other) => form.pattern.test(other))
    problems.value(
      path,
      `\`${path.join('.')}\` must be ${form.words}, not ${quote(value)}`,
      guess && `Did you mean \`${guess}\`?`,
    )
    return undefined
  }
  if (unit === 'ms') return parseDuration(text)
  if (unit === 'count') return Number(text)
  const amount = Number(text.slice(0, -1))
  return unit === 'share' ? tidy(amount / 100) : amount
}

/** The same amount in the form of each unit: what is missing added, and a factor, a fraction or a percentage turned round. */
function guesses(text: string): readonly string[] {
  const [, number = '', sign = ''] = /^(\d{1,9}(?:\.\d{1,6})?)([%x]?)$/u.exec(text) ?? []
  if (number === '') return []
  if (sign === '%') return [`${tidy(Number(number) / 100)}x`]
  const percent = `${tidy(Number(number) * 100)}%`
  if (sign === 'x') return [percent]
  return Number(number) < 1 ? [percent, `${number}s`, `${number}x`] : [`${number}s`, `${number}%`, `${number}x`]
}

/** Without the noise of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
