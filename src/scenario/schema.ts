// The form of a scenario file, as one zod schema: text in, numbers out. What the parts mean to each other is checked by the
// section that owns them; see parse.ts.

import { z } from 'zod'
import { evidenceSchema } from './evidence-section.ts'
import { armedSchema, expectSchema } from './expect-section.ts'
import { faultsSchema } from './fault-section.ts'
import { loadsSchema } from './load-section.ts'
import { phasesSchema, timelineSchema } from './phase-section.ts'
import { runSchema, sourceSchema } from './run-section.ts'
import { statusPageSchema } from './status-page-section.ts'
import { name, section, sentence } from './terms.ts'
import { worldSchema } from './world-section.ts'

export const scenarioSchema = section({
  scenario: name.describe('The name of the scenario, by which it is run.'),
  title: sentence.describe('What happened, in one sentence.'),
  source: sourceSchema,
  run: runSchema,
  world: worldSchema,
  load: loadsSchema,
  faults: faultsSchema,
  statusPage: statusPageSchema.optional(),
  phases: phasesSchema,
  timeline: timelineSchema.optional(),
  evidence: evidenceSchema,
  armed: armedSchema.optional(),
  expect: expectSchema.optional(),
}).describe('One incident that is replayed against a client.')

export type ScenarioText = z.infer<typeof scenarioSchema>
