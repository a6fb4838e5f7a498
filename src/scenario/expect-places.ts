// Where a scenario file asks for what an oracle judges, so that a failure can be shown at that line.

import { readDocument } from './document.ts'
import type { Path } from './problem.ts'

type LineAndColumn = { readonly line: number; readonly column: number }

/** `about` is the load or the phase, where the file asks one oracle for several things. What no line asks for is judged all the
 * same; that is shown at `expect`, or at the name of the scenario. */
export function expectPlaces(text: string): (oracle: string, about?: string) => LineAndColumn {
  const document = readDocument(text)
  const expected = memberOf(document.data, 'expect')
  return (oracle, about) => {
    const path = pathOf(expected, oracle, about)
    return document.placeOf(document.spanOf({ path, on: 'key', what: '' }).start)
  }
}

function pathOf(expected: unknown, oracle: string, about: string | undefined): Path {
  if (expected === undefined) return ['scenario']
  const settings = memberOf(expected, oracle)
  if (!Array.isArray(settings) || about === undefined) return ['expect', oracle]
  const index = settings.findIndex((one: unknown, nth) => about.endsWith(`#${nth + 1}`) || isAbout(one, about))
  return ['expect', oracle, ...(index < 0 ? [] : [index])]
}

function isAbout(settings: unknown, about: string): boolean {
  if (typeof settings !== 'object' || settings === null) return false
  const values: readonly unknown[] = Object.values(settings)
  return about.split(', ').every((part) => values.includes(part))
}

function memberOf(data: unknown, key: string): unknown {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, key)) return undefined
  return (data as Record<string, unknown>)[key]
}
