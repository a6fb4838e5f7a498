// `tags` and `fails`: how the library files a scenario, and which of its own clients are known to fail it.

import { z } from 'zod'
import { oracles } from '#oracle/catalog.ts'
import { suggest } from './problem.ts'
import type { Problems } from './problem.ts'
import type { Scenario } from './scenario.ts'
import { name, text } from './terms.ts'

export const tagsSchema = z.array(name).describe('Words to select the scenario by, besides its severity.')

const clientName = text(
  /^[a-z][a-z0-9-]{0,59}(?:\/[a-z][a-z0-9-]{0,59})?$/u,
  'must be a client such as sdk or broken/no-timeout',
)
const oracleName = z.string().meta({ enum: [...oracles.keys()] })

export const failsSchema = z
  .record(clientName, z.union([oracleName, z.array(oracleName).min(1)]))
  .describe('Clients of the library that fail here, each with an oracle that says so, or several.')

export function resolveTags(tags: readonly string[], problems: Problems): readonly string[] {
  tags.forEach((tag, index) => {
    if (tag === 'all') problems.value(['tags', index], '`all` cannot be a tag: it means every scenario')
    if (tags.indexOf(tag) < index)
      problems.value(['tags', index], `the tag \`${tag}\` is there twice`, 'Remove one of the two.')
  })
  return tags
}

export function resolveFails(fails: z.infer<typeof failsSchema>, problems: Problems): Scenario['fails'] {
  return Object.entries(fails).flatMap(([client, written]) => {
    const named = Array.isArray(written) ? written : [written]
    named.forEach((oracle, index) => {
      const path = Array.isArray(written) ? ['fails', client, index] : ['fails', client]
      if (!oracles.has(oracle))
        problems.value(path, `there is no oracle \`${oracle}\``, suggest(oracle, [...oracles.keys()], 'oracles'))
      else if (named.indexOf(oracle) < index)
        problems.value(path, `the oracle \`${oracle}\` is there twice`, 'Remove one of the two.')
    })
    return named.map((oracle) => ({ client, oracle }))
  })
}
