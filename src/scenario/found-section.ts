// `found`: where a scenario comes from that no person wrote. A counterexample is an ordinary scenario; this part says who fails it,
// by which rule, and how it was come by, so that it can be replayed with one word and found again.

import { z } from 'zod'
import { oracles } from '#oracle/catalog.ts'
import { suggest } from './problem.ts'
import type { Problems } from './problem.ts'
import type { Scenario } from './scenario.ts'
import { section, sentence, text } from './terms.ts'

const word = text(/^[^\p{Cc}]{1,200}$/u, 'must be a short text')

export const foundSchema = section({
  by: sentence.describe('The command that found it.'),
  client: word.describe('Who fails: the name of a shipped client, or the path of a file.'),
  seed: word.describe('The seed of the run.'),
  campaign: word.describe('The seed of the campaign.'),
  path: text(/^[\w.-]{1,100}$/u, 'must be a path such as 137.2').describe('Which case of the campaign it grew out of.'),
  oracle: z
    .string()
    .describe('What the client fails.')
    .meta({ enum: [...oracles.keys()] }),
  version: text(/^\d[\w.+-]{0,49}$/u, 'must be a version such as 0.1.0').describe(
    'The version of this tool that found it.',
  ),
  profile: z.enum(['strict', 'default', 'lenient']).describe('The thresholds it was judged by.'),
}).describe('How a scenario was found that no person wrote.')

export function resolveFound(found: z.infer<typeof foundSchema> | undefined, problems: Problems): Scenario['found'] {
  if (found && !oracles.has(found.oracle))
    problems.value(
      ['found', 'oracle'],
      `there is no oracle \`${found.oracle}\``,
      suggest(found.oracle, [...oracles.keys()], 'oracles'),
    )
  return found ?? null
}
