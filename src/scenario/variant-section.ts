// `variants`: several rows of one file, each without some of its faults, such as a faithful and a harsher one. All rows are
// checked whichever is asked for, so that a file is valid or it is not.

import { z } from 'zod'
import { UserError } from '#context/user-error.ts'
import { Problems, spell, suggest } from './problem.ts'
import type { Scenario } from './scenario.ts'
import { name, section, sentence } from './terms.ts'

const variantSchema = section({
  title: sentence.describe('What is particular to this row.'),
  without: z.array(z.string()).optional().describe('Faults of the file that this row leaves out. Default: none.'),
}).describe('One row of the file.')

export const variantsSchema = z
  .record(name, variantSchema)
  .describe('Rows of this file that are run separately, by name. Without any, the file is one row.')

type VariantsText = z.infer<typeof variantsSchema>

/** `without`: names of faults. */
export type Row = { readonly name: string; readonly title: string; readonly without: readonly string[] }

export function resolveRows(variants: VariantsText, faults: readonly string[], problems: Problems): readonly Row[] {
  const rows = Object.entries(variants).map(([variant, { title, without = [] }]) => {
    const path = ['variants', variant]
    without.forEach((fault, index) => {
      if (!faults.includes(fault)) {
        const what = `the variant \`${variant}\` leaves out the unknown fault \`${fault}\``
        problems.value([...path, 'without', index], what, suggest(fault, faults, 'faults'))
      } else if (without.indexOf(fault) < index)
        problems.value(
          [...path, 'without', index],
          `the fault \`${fault}\` is left out twice`,
          'Remove one of the two.',
        )
    })
    if (faults.length > 0 && faults.every((fault) => without.includes(fault))) {
      const what = `the variant \`${variant}\` leaves out every fault`
      problems.value([...path, 'without'], what, 'A row in which nothing goes wrong has nothing to judge.')
    }
    return { name: variant, title, without }
  })
  checkTogether(rows, faults, problems)
  return rows
}

function checkTogether(rows: readonly Row[], faults: readonly string[], problems: Problems): void {
  rows.forEach((row, index) => {
    const same = rows.slice(0, index).find((other) => setText(other.without) === setText(row.without))
    if (same) {
      const what = `the variants \`${same.name}\` and \`${row.name}\` leave out the same faults`
      problems.key(['variants', row.name], what, 'Remove one of the two.')
    }
  })
  for (const fault of faults) {
    if (rows.length > 0 && rows.every(({ without }) => without.includes(fault)))
      problems.key(['faults', fault], `the fault \`${fault}\` is in no variant`, 'Remove it, or let a variant have it.')
  }
}

type Faults<T> = Readonly<Record<string, T>>

/** The faults of the whole file, resolved. What they mean to each other is checked row by row, because faults of different rows
 * never meet. */
export function resolveFaultsOfRows<T, R>(
  faults: Faults<T>,
  rows: readonly Row[],
  resolve: (faults: Faults<T>, problems: Problems) => R,
  problems: Problems,
): R {
  if (rows.length === 0) return resolve(faults, problems)
  for (const { without } of rows) {
    const left = Object.entries(faults).filter(([fault]) => !without.includes(fault))
    if (left.length > 0) resolve(Object.fromEntries(left), problems)
  }
  return resolve(faults, new Problems())
}

function setText(names: readonly string[]): string {
  return [...new Set(names)].toSorted().join(' ')
}

/** The row that is meant. */
export function pickRow(rows: readonly Row[], wanted: string, scenario: string, file: string): Row {
  const row = rows.find(({ name: known }) => known === wanted)
  if (row) return row
  const names = rows.map(({ name: known }) => known)
  throw new UserError(`${scenario} has no variant "${wanted}"`, {
    place: { file },
    hint: spell(suggest(wanted, names, 'variants')),
  })
}

/** The scenario as one of its rows: with its name, and without a word about the faults that it leaves out. */
export function rowOf(scenario: Scenario, { name: variant, title, without }: Row): Scenario {
  const isAbout = (path: string): boolean =>
    without.some((fault) => path === `faults.${fault}` || path.startsWith(`faults.${fault}.`))
  const { documented, assumed, notSimulated } = scenario.evidence
  return {
    ...scenario,
    name: `${scenario.name}:${variant}`,
    title: `${scenario.title} (${title})`,
    variant,
    faults: scenario.faults.filter((fault) => !without.includes(fault.name)),
    evidence: {
      documented: documented.filter(([path]) => !isAbout(path)),
      assumed: assumed.filter((path) => !isAbout(path)),
      notSimulated,
    },
  }
}
