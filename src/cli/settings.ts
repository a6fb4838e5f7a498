// `--set oracle.setting=value`: thresholds that the user sets. A wrong word or unit is answered with what was probably meant.

import { nearestName } from '#context/nearest-name.ts'
import { UserError } from '#context/user-error.ts'
import { oracles } from '#oracle/catalog.ts'
import type { Oracle } from '#oracle/oracle.ts'
import type { Override } from '#oracle/panel.ts'
import { forms, guessAmount, readAmount } from '#scenario/expect-section.ts'

const example = 'Write it as in --set amplification.factor=1.5x'

/** Throws a UserError. */
export function readSettings(written: readonly string[]): readonly Override[] {
  const overrides = written.map(readSetting)
  overrides.forEach(({ oracle, name }, index) => {
    if (overrides.findIndex((other) => other.oracle === oracle && other.name === name) < index)
      throw new UserError(`--set gives ${oracle}.${name} twice.`, { hint: 'Keep one of the two.' })
  })
  return overrides
}

function readSetting(written: string): Override {
  const [, oracleName = '', name = '', value = ''] = /^\s*([^.=\s]+)\.([^.=\s]+)\s*=\s*(\S.*?)\s*$/u.exec(written) ?? []
  if (oracleName === '') throw new UserError(`"${cut(written)}" is not a setting with a value.`, { hint: example })
  const oracle = oracles.get(oracleName)
  if (!oracle)
    throw new UserError(`There is no oracle "${cut(oracleName)}".`, {
      hint: hintFor(oracleName, [...oracles.keys()], 'The oracles are'),
    })
  const param = Object.hasOwn(oracle.params, name) ? oracle.params[name] : undefined
  if (!param) throw unknownSetting(oracle, name)
  const { unit } = param
  const amount = readAmount(unit, value)
  if (amount === undefined) {
    const guess = guessAmount(unit, value)
    throw new UserError(`--set ${oracleName}.${name} must be ${forms[unit].words}, not "${cut(value)}".`, {
      ...(guess !== undefined && { hint: `Did you mean --set ${oracleName}.${name}=${guess}?` }),
    })
  }
  return { oracle: oracleName, name, value: amount, cite: `--set ${oracleName}.${name}=${value}` }
}

function unknownSetting(oracle: Oracle, name: string): UserError {
  if (Object.hasOwn(oracle.selectors, name))
    return new UserError(`--set ${oracle.name}.${name} names a ${oracle.selectors[name]}; only numbers can be set.`, {
      hint: 'What an oracle is about is for the scenario to say.',
    })
  const known = Object.keys(oracle.params)
  return new UserError(`The oracle ${oracle.name} has no setting "${cut(name)}".`, {
    hint: hintFor(name, known, 'It has'),
  })
}

function hintFor(wrong: string, known: readonly string[], lead: string): string {
  const near = nearestName(wrong, known)
  return near === undefined ? `${lead} ${known.join(', ')}.` : `Did you mean "${near}"?`
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text
}
