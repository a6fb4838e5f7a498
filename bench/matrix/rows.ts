// The rows of the library: what can be played.

import { findScenarios, shippedScenarios } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'

/** One scenario, or one variant of a file that has several; not those about a real cache, which take real time: test/redis.test.ts. */
export type Row = {
  readonly name: string
  readonly file: string
  readonly variant: string | null
  /** A hundred processes or more: a run of it takes as long as a dozen others. */
  readonly isLarge: boolean
}

const large = 100

export function libraryRows(root: string): readonly Row[] {
  return findScenarios(shippedScenarios).flatMap(({ name, file }): readonly Row[] => {
    const { variants, faults, instances } = loadFile(file, root)
    if (faults.some(({ kind }) => kind.on === 'cache')) return []
    const isLarge = instances >= large
    if (variants.length === 0) return [{ name, file, variant: null, isLarge }]
    return variants.map((variant) => ({ name: `${name}:${variant.name}`, file, variant: variant.name, isLarge }))
  })
}

/** The names by which rows are asked for; a file with variants is also meant by its bare name, and then by the first. */
export function rowNamed(rows: readonly Row[], name: string): Row | undefined {
  return rows.find((row) => row.name === name) ?? rows.find((row) => row.name.startsWith(`${name}:`))
}
