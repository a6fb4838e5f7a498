// The form of a scenario file, as one zod schema: text in, numbers out. What the parts mean to each other is checked by the
// section that owns them; see parse.ts.

import { z } from 'zod'
import { actionsSchema } from './action-section.ts'
import { activitiesSchema } from './activity-section.ts'
import { evidenceSchema } from './evidence-section.ts'
import { armedSchema, expectSchema } from './expect-section.ts'
import { faultsSchema } from './fault-section.ts'
import { foundSchema } from './found-section.ts'
import { failsSchema, tagsSchema } from './library-section.ts'
import { loadsSchema } from './load-section.ts'
import { maintenancesSchema } from './maintenance-section.ts'
import { phasesSchema, timelineSchema } from './phase-section.ts'
import { problemsSchema } from './problem-section.ts'
import { propertiesSchema } from './property-section.ts'
import { runSchema, sourceSchema } from './run-section.ts'
import { statusPageSchema } from './status-page-section.ts'
import { scenarioName, section, sentence } from './terms.ts'
import { variantsSchema } from './variant-section.ts'
import { worldSchema } from './world-section.ts'

export const scenarioSchema = section({
  scenario: scenarioName.describe('The name of the scenario, by which it is run.'),
  title: sentence.describe('What happened, in one sentence.'),
  tags: tagsSchema.optional(),
  source: sourceSchema,
  found: foundSchema.optional(),
  variants: variantsSchema.optional(),
  run: runSchema,
  world: worldSchema,
  load: loadsSchema,
  activity: activitiesSchema.optional(),
  actions: actionsSchema.optional(),
  faults: faultsSchema,
  statusPage: statusPageSchema.optional(),
  maintenances: maintenancesSchema.optional(),
  problems: problemsSchema.optional(),
  phases: phasesSchema,
  timeline: timelineSchema.optional(),
  evidence: evidenceSchema,
  armed: armedSchema.optional(),
  expect: expectSchema.optional(),
  properties: propertiesSchema.optional(),
  fails: failsSchema.optional(),
}).describe('One incident that is replayed against a client.')

export type ScenarioText = z.infer<typeof scenarioSchema>
