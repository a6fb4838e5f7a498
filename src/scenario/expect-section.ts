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
  faultHits: wholeNumber(0, 1_000_000)
    .optional()
    .describe(
      'Exchanges that a fault must have hit; 0 where a client may be right never to meet it. A quarter will do where the client sent no more into the faults, and at least half of that was hit. Default: 1.',
    ),
  unansweredFor: durationMs.optional().describe('Some exchange must have had no answer for this long. Default: 0s.'),
}).describe('Facts about the world without which the run proves nothing; never about a mechanism of the client.')

const settingsSchema = z.record(z.string(), z.union([z.string(), z.number()]))

export const expectSchema = z
  .record(z.string(), z.union([settingsSchema, z.array(settingsSchema).min(1)]))
  .describe(
    'Settings of oracles that this incident needs in particular, or a list of them where one oracle is asked for several things. Every applicable oracle judges anyway.',
  )

type SettingsText = z.infer<typeof settingsSchema>

export function resolveArming(armed: z.infer<typeof armedSchema> | undefined): Arming {
  return { faultHits: armed?.faultHits ?? 1, unansweredForMs: armed?.unansweredFor ?? 0 }
}

/** The names that selectors may refer to. */
export type Names = { readonly load: readonly string[]; readonly phase: readonly string[] }

/** `path`: where the file states it. */
type Expected = Expectation & { readonly path: Path }

export function resolveExpect(
  expected: z.infer<typeof expectSchema>,
  names: Names,
  problems: Problems,
): readonly Expected[] {
  return Object.entries(expected).flatMap(([name, written]) => {
    const path = ['expect', name]
    const oracle = oracles.get(name)
    if (!oracle) {
      problems.key(path, `there is no oracle \`${name}\``, suggest(name, [...oracles.keys()], 'oracles'))
      return []
    }
    if (!Array.isArray(written)) return [resolveOne(oracle, written, path, names, problems)]
    const all = written.map((one, index) => resolveOne(oracle, one, [...path, index], names, problems))
    checkDistinct(oracle, all, problems)
    return all
  })
}

function resolveOne(oracle: Oracle, written: SettingsText, path: Path, names: Names, problems: Problems): Expected {
  const about = Object.entries(oracle.selectors).find(([, kind]) => kind === 'load')?.[0]
  if (about !== undefined && !Object.hasOwn(written, about)) {
    const hint = `Loads: ${names.load.join(', ')}.`
    problems.key(path, `\`${path.join('.')}\` does not say which \`${about}\` it is about`, hint)
  }
  const settings = Object.entries(written).flatMap(([setting, value]) => {
    const resolved = resolveSetting(oracle, setting, value, [...path, setting], names, problems)
    return resolved === undefined ? [] : [[setting, resolved] as const]
  })
  return { oracle: oracle.name, settings: Object.fromEntries(settings), path }
}

/** Two expectations of one oracle are told apart by the load or the phase that they are about. */
function checkDistinct(oracle: Oracle, all: readonly Expected[], problems: Problems): void {
  const subjectOf = ({ settings }: Expected): string =>
    Object.keys(oracle.selectors)
      .map((selector) => settings[selector] ?? '')
      .join(' ')
  all.forEach((one, index) => {
    if (all.slice(0, index).some((other) => subjectOf(other) === subjectOf(one))) {
      const what = `\`${one.path.join('.')}\` is about the same as one above it`
      const selectors = Object.keys(oracle.selectors).map((selector) => `\`${selector}\``)
      const hint =
        selectors.length === 0
          ? 'Make one of them.'
          : `Make one of them, or let them differ in ${selectors.join(' or ')}.`
      problems.value(one.path, what, hint)
    }
  })
}

function resolveSetting(
  oracle: Oracle,
  setting: string,
  value: string | number,
  path: Path,
  names: Names,
  problems: Problems,
): string | number | undefined {
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
  const amount = readAmount(unit, text)
  if (amount !== undefined) return amount
  const guess = guessAmount(unit, text)
  const what = `\`${path.join('.')}\` must be ${forms[unit].words}, not ${quote(value)}`
  problems.value(path, what, guess && `Did you mean \`${guess}\`?`)
  return undefined
}

/** A number as a person writes it, in the harness's own unit; `undefined` when it has not the form of that unit. */
export function readAmount(unit: Unit, text: string): number | undefined {
  if (!forms[unit].pattern.test(text)) return undefined
  if (unit === 'ms') return parseDuration(text)
  if (unit === 'count') return Number(text)
  const amount = Number(text.slice(0, -1))
  return unit === 'share' ? tidy(amount / 100) : amount
}

/** How the same amount would be written in the form of a unit. */
export function guessAmount(unit: Unit, text: string): string | undefined {
  return guesses(text).find((other) => forms[unit].pattern.test(other))
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
