// `evidence`: which part of the file the source documents and which part we made up. Every path of what is simulated (world,
// load, faults and so on) is one or the other; a parent speaks for its children, unless a child is listed itself.

import { z } from 'zod'
import { didYouMean, pathText, spell, suggest } from './problem.ts'
import type { Path, Problems } from './problem.ts'
import type { Scenario } from './scenario.ts'
import { section, sentence } from './terms.ts'

const paths = 'A path of the file: `faults.loop.ramp`, a whole `faults.tail`, or `world`.'

export const evidenceSchema = section({
  documented: z.record(z.string(), sentence).describe(`What the source says, in our own words, by path. ${paths}`),
  assumed: z.array(z.string()).describe(`What we had to make up. ${paths}`),
  notSimulated: z
    .array(sentence)
    .optional()
    .describe('What the source says beyond the replay: products that were not affected, causes inside the provider.'),
}).describe(
  'What is documented and what is assumed: every path of world, load, faults, activity, actions, maintenances and problems is in one of the two.',
)

type EvidenceText = z.infer<typeof evidenceSchema>
type Listed = ReadonlyMap<string, unknown>

const mandatory = ['world', 'load', 'faults', 'activity', 'actions', 'maintenances', 'problems'] as const
const optional = ['run', 'statusPage', 'phases'] as const

/** `data` is the file as it was written: evidence is about what somebody wrote down, not about defaults. */
export function resolveEvidence(
  evidence: EvidenceText,
  data: Readonly<Record<string, unknown>>,
  problems: Problems,
): Scenario['evidence'] {
  const known = new Set(
    [...mandatory, ...optional].flatMap((root) => (root in data ? everyPath(data[root], [root]) : [])),
  )
  const listed = new Map<string, Path>()
  const list = (path: string, place: Path, on: 'key' | 'value'): void => {
    const before = listed.get(path)
    const label = `\`${path}\``
    if (!known.has(path)) {
      problems[on](place, `the evidence names ${label}, which is not in this file`, () => hintFor(path, known))
    } else if (before) {
      const where = before[1] === place[1] ? `twice under \`${String(place[1])}\`` : 'both as documented and as assumed'
      problems[on](place, `${label} is listed ${where}`, 'Keep one of the two.')
    } else listed.set(path, place)
  }
  for (const path of Object.keys(evidence.documented)) list(path, ['evidence', 'documented', path], 'key')
  evidence.assumed.forEach((path, index) => list(path, ['evidence', 'assumed', index], 'value'))
  for (const root of mandatory.filter((one) => one in data)) {
    for (const path of uncovered(data[root], [root], listed)) {
      problems.key(
        path,
        `\`${pathText(path)}\` is neither documented nor assumed`,
        'List it, or a parent of it, under `evidence`.',
      )
    }
  }
  reportEmpty(listed, data, problems)
  return {
    documented: Object.entries(evidence.documented),
    assumed: evidence.assumed,
    notSimulated: evidence.notSimulated ?? [],
  }
}

/** The nearest path, or what there is beside the one that was meant. */
function hintFor(path: string, known: ReadonlySet<string>): string {
  const near = didYouMean(path, [...known])
  if (near !== undefined) return near
  const parent = path.split('.').slice(0, -1).join('.')
  const beside = [...known].filter((one) => one.slice(0, one.lastIndexOf('.')) === parent && one.includes('.'))
  const roots = [...known].filter((one) => !one.includes('.'))
  return spell(suggest(path, beside.length > 0 ? beside : roots, 'paths'))
}

/** A parent whose children are all listed themselves speaks for nothing. */
function reportEmpty(
  listed: ReadonlyMap<string, Path>,
  data: Readonly<Record<string, unknown>>,
  problems: Problems,
): void {
  for (const [path, place] of listed) {
    const keys = path.split('.')
    const value = keys.reduce<unknown>(
      (parent, key) => childrenOf(parent).find(([child]) => String(child) === key)?.[1],
      data,
    )
    const children = childrenOf(value)
    if (children.length > 0 && children.every(([child, of]) => uncovered(of, [...keys, child], listed).length === 0)) {
      const on = place[1] === 'documented' ? 'key' : 'value'
      problems[on](place, `\`${path}\` speaks for nothing: every part of it is listed itself`, 'Remove it.')
    }
  }
}

function everyPath(value: unknown, path: Path): string[] {
  return [pathText(path), ...childrenOf(value).flatMap(([key, child]) => everyPath(child, [...path, key]))]
}

/** The highest paths below `path` that no listed path speaks for. */
function uncovered(value: unknown, path: Path, listed: Listed): Path[] {
  if (listed.has(pathText(path))) return []
  const children = childrenOf(value)
  if (children.length === 0) return [path]
  const missing = children.map(([key, child]) => uncovered(child, [...path, key], listed))
  const whole = missing.every(
    (found, index) =>
      found.length === 1 && found[0]?.at(-1) === children[index]?.[0] && found[0]?.length === path.length + 1,
  )
  return whole ? [path] : missing.flat()
}

function childrenOf(value: unknown): (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item])
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}
