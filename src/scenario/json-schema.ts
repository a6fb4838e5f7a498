// The form of a scenario file as JSON Schema 2020-12, from the zod schema and the catalogues of faults and oracles. Editors
// complete and check by it; what only the parser knows (names, times, evidence) is left to the parser.

import { z } from 'zod'
import { faultKinds } from '#fault/catalog.ts'
import { oracles } from '#oracle/catalog.ts'
import type { Oracle } from '#oracle/oracle.ts'
import { clientFileSchema } from './client-file.ts'
import { definitionSchema } from './definition-schema.ts'
import { forms, showSetting } from './expect-section.ts'
import { scenarioSchema } from './schema.ts'

export type JsonSchema = { [key: string]: unknown }

export function scenarioJsonSchema(): JsonSchema {
  const schema = toJson(scenarioSchema)
  const { $schema, ...rest } = schema
  const properties = rest['properties'] as Record<string, JsonSchema>
  const faults = properties['faults'] as JsonSchema
  return {
    $schema,
    title: 'Brownout scenario',
    ...rest,
    properties: {
      ...properties,
      faults: { ...faults, additionalProperties: withKinds(faults['additionalProperties'] as JsonSchema) },
      expect: { ...properties['expect'], ...expectations() },
    },
  }
}

/** The form of a `*.client.yaml`. */
export function clientSchemaText(): string {
  const { $schema, ...rest } = toJson(clientFileSchema)
  return `${JSON.stringify({ $schema, title: 'Brownout client', ...rest }, null, 2)}\n`
}

/** The form of a `*.service.yaml`. */
export function definitionJsonSchema(): JsonSchema {
  const { $schema, ...rest } = toJson(definitionSchema)
  return { $schema, title: 'Brownout service', ...rest }
}

/** What a file may say, before defaults. */
export function toJson(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', reused: 'inline' }) as JsonSchema
}

/** `with` has the form that the fault's kind asks for. */
function withKinds(fault: JsonSchema): JsonSchema {
  const branches = [...faultKinds.values()].map((kind) => {
    const { $schema: _, ...parameters } = toJson(kind.schema)
    const required = Array.isArray(parameters['required']) && parameters['required'].length > 0
    return {
      if: { properties: { kind: { const: kind.kind } }, required: ['kind'] },
      // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema calls it so, and nobody awaits a schema.
      then: { properties: { with: parameters }, ...(required ? { required: ['with'] } : {}) },
    }
  })
  return { ...fault, allOf: branches }
}

function expectations(): JsonSchema {
  const properties = Object.fromEntries(
    [...oracles.values()].map((oracle) => {
      const { type, description, ...settings } = settingsOf(oracle)
      // Both forms side by side instead of a choice, so that an editor completes and complains inside of them.
      return [oracle.name, { type: [type, 'array'], description, ...settings, items: { type, ...settings } }]
    }),
  )
  return { properties, additionalProperties: false }
}

function settingsOf(oracle: Oracle): JsonSchema {
  const params = Object.entries(oracle.params).map(([name, param]) => {
    const number = { type: 'integer', minimum: 0 }
    const text = { type: 'string', pattern: forms[param.unit].pattern.source }
    const bound = param.bound === 'at-least' ? 'at least' : 'at most'
    const description = `${capital(forms[param.unit].words)}. Default: ${bound} ${showSetting(param.defaults.default, param.unit)}; ${param.cite}.`
    return [name, { ...(param.unit === 'count' ? number : text), description }]
  })
  const selectors = Object.entries(oracle.selectors).map(([name, kind]) => {
    return [name, { type: 'string', description: `The name of a ${kind} of this scenario.` }]
  })
  return {
    type: 'object',
    description: oracle.verified,
    properties: Object.fromEntries([...params, ...selectors]),
    additionalProperties: false,
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The file as it is checked in. */
export function schemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`
}

/** The same of services. */
export function definitionSchemaText(): string {
  return `${JSON.stringify(definitionJsonSchema(), null, 2)}\n`
}
