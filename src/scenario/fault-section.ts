// `faults`: what goes wrong, where, when and how hard. Parameters are checked by the kind's own schema; a fault that can
// match nothing is an error, because a run would prove nothing by it.

import { z } from 'zod'
import { faultKinds, kindNames } from '#fault/catalog.ts'
import type { FaultKind } from '#fault/fault.ts'
import { possibleEffects } from '#fault/problem.ts'
import type { FaultSpec, Scope } from '#fault/spec.ts'
import { share } from '#fault/units.ts'
import type { Effect } from '#history/event.ts'
import { checkFault, checkTogether } from './fault-check.ts'
import type { Surroundings } from './fault-check.ts'
import { addIssues } from './issue.ts'
import { suggest } from './problem.ts'
import type { Path, Problems } from './problem.ts'
import type { Calendar } from './run-section.ts'
import { resolveShape, shapeFields } from './shape-section.ts'
import { name, section, sentence, time, wholeNumber } from './terms.ts'

const scopeSchema = section({
  region: sentence.optional().describe('Where the workspace is hosted.'),
  product: sentence.optional().describe('The product of the provider, such as rest.'),
  fleet: sentence.optional().describe('One fleet of the world, such as au-rest.'),
  route: sentence.optional().describe('A route template, `/contacts/{id}`, or a prefix, `/contacts/*`.'),
  method: sentence.optional().describe('An HTTP method.'),
  workspace: sentence.optional().describe('One workspace of the world.'),
  shard: sentence.optional().describe("One shard of the provider's database."),
  topic: sentence.optional().describe('The topic of webhooks, such as conversation.user.replied.'),
  customer: sentence.optional().describe('The external id of a contact.'),
}).describe('Every field must match; without any, all exchanges, fleets, workspaces or webhooks do.')

const faultSchema = section({
  kind: z.string().describe('What goes wrong.').meta({ enum: kindNames }),
  where: scopeSchema.optional(),
  from: time.describe('When it starts.'),
  until: time.describe('When it is lifted.'),
  ...shapeFields,
  share: share
    .optional()
    .describe('How much of it is hit: of exchanges, of the servers of a fleet, or of webhooks. Default: 100%.'),
  nth: wholeNumber(1, 90)
    .optional()
    .describe('Only the nth exchange of each operation, or the nth webhook of each workspace.'),
  effect: z
    .enum(['none', 'committed'])
    .optional()
    .describe(
      '`committed`: the server does the work and only the answer is lost. Default: none, where the kind can have none.',
    ),
  with: z.record(z.string(), z.unknown()).optional().describe('Parameters of the kind.'),
}).describe('One configured way of going wrong.')

export const faultsSchema = z.record(name, faultSchema).describe('What goes wrong, by name.')

type FaultText = z.infer<typeof faultSchema>

export function resolveFaults(
  faults: z.infer<typeof faultsSchema>,
  calendar: Calendar,
  around: Surroundings,
  problems: Problems,
): readonly FaultSpec[] {
  const entries = Object.entries(faults)
  if (entries.length === 0)
    problems.key(['faults'], 'there is no fault', 'A scenario in which nothing goes wrong has nothing to judge.')
  const specs = entries.flatMap(([fault, written]) => resolveFault(fault, written, calendar, around, problems) ?? [])
  checkTogether(specs, calendar, problems)
  return specs
}

function resolveFault(
  fault: string,
  written: FaultText,
  calendar: Calendar,
  around: Surroundings,
  problems: Problems,
): FaultSpec | undefined {
  const path = ['faults', fault]
  const from = calendar.at(written.from, [...path, 'from'])
  const until = calendar.at(written.until, [...path, 'until'])
  const kind = faultKinds.get(written.kind)
  if (!kind) {
    problems.value(
      [...path, 'kind'],
      `there is no kind of fault \`${written.kind}\``,
      suggest(written.kind, kindNames, 'kinds'),
    )
    return undefined
  }
  const parameters = readParameters(kind, written.with, path, problems)
  const where = Object.fromEntries(
    Object.entries(written.where ?? {}).filter(([, value]) => value !== undefined),
  ) as Scope
  const spec: FaultSpec = {
    name: fault,
    kind,
    where,
    from,
    until,
    shape: resolveShape(written, { fault, kind, from, until }, calendar, problems),
    share: written.share ?? 1,
    ...(written.nth === undefined ? {} : { nth: written.nth }),
    effect: written.effect ?? defaultEffect(kind, parameters),
    params: parameters?.value,
  }
  checkFault(spec, written, { calendar, around, problems, readable: parameters !== undefined })
  return spec
}

function defaultEffect(kind: FaultKind, parameters: { readonly value: unknown } | undefined): Effect {
  return (parameters && possibleEffects(kind, parameters.value)[0]) ?? 'none'
}

function readParameters(
  kind: FaultKind,
  written: unknown,
  path: Path,
  problems: Problems,
): { readonly value: unknown } | undefined {
  const data = written ?? {}
  const result = kind.schema.safeParse(data, { jitless: true })
  if (result.success) return { value: result.data }
  addIssues(problems, result.error.issues, kind.schema, data, [...path, 'with'])
  return undefined
}
