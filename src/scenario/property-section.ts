// `properties`: what the scenario states of the operations of a load, without expressions: all of them end so, or at least one.

import { z } from 'zod'
import { propertyOutcomes } from '#history/header.ts'
import type { PropertyMark } from '#history/header.ts'
import type { Names } from './expect-section.ts'
import { quote, suggest } from './problem.ts'
import type { Path, Problems } from './problem.ts'
import { name, section } from './terms.ts'

const outcome = z.enum(propertyOutcomes)

const propertySchema = section({
  always: outcome
    .optional()
    .describe('Every operation ends so. `ok`: in anything but an error; what was dropped or queued counts as ok.'),
  sometimes: outcome.optional().describe('At least one operation ends so; otherwise the run fails.'),
  load: z.string().describe('The load whose operations are meant.'),
  phase: z.string().optional().describe('Only those that are asked in this phase. Default: the whole run.'),
})
  .describe('One property.')
  .meta({ oneOf: [{ required: ['always'] }, { required: ['sometimes'] }] })

export const propertiesSchema = z
  .record(name, propertySchema)
  .describe('What holds for every operation of a load, or for at least one, by name.')

type PropertyText = z.infer<typeof propertySchema>

export function resolveProperties(
  properties: z.infer<typeof propertiesSchema>,
  names: Names,
  problems: Problems,
): readonly PropertyMark[] {
  return Object.entries(properties).flatMap(([property, written]) => {
    const path = ['properties', property]
    for (const kind of ['load', 'phase'] as const) checkName(kind, written[kind], [...path, kind], names, problems)
    const stated = statedIn(written, path, problems)
    return stated ? [{ name: property, ...stated, load: written.load, phase: written.phase ?? null }] : []
  })
}

function checkName(
  kind: 'load' | 'phase',
  written: string | undefined,
  path: Path,
  names: Names,
  problems: Problems,
): void {
  if (written === undefined || names[kind].includes(written)) return
  const what = `\`${path.join('.')}\` names the unknown ${kind} ${quote(written)}`
  problems.value(path, what, suggest(written, names[kind], `${kind}s`))
}

function statedIn(
  { always, sometimes }: PropertyText,
  path: Path,
  problems: Problems,
): Pick<PropertyMark, 'type' | 'outcome'> | undefined {
  if (always !== undefined && sometimes === undefined) return { type: 'always', outcome: always }
  if (sometimes !== undefined && always === undefined) return { type: 'sometimes', outcome: sometimes }
  const what =
    always === undefined
      ? `\`${path.join('.')}\` does not say what holds`
      : `\`${path.join('.')}\` says both \`always\` and \`sometimes\``
  problems.key(path, what, 'Write either `always: ok` or `sometimes: stale`; two properties may say both.')
  return undefined
}
