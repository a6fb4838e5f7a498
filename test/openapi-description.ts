// Intercom's own description of its API, version 2.14, as validators of replies. The file is not part of this project: it is
// found by BROWNOUT_OPENAPI, or beside the checkout.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import commonJs from 'openapi-response-validator'
import { parse } from 'yaml'

// Node gives the module, vitest its default export.
const Validator = commonJs.default ?? (commonJs as unknown as typeof commonJs.default)
type Validator = InstanceType<typeof Validator>
type Args = ConstructorParameters<typeof Validator>[0]

type Schema = { readonly [name: string]: unknown }
type Responses = Readonly<Record<string, Schema>>
type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Responses }>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const besides = join(import.meta.dirname, '..', '..', 'shared', 'reference', 'intercom-openapi-2.14.yaml')

/** `undefined` when it is not there. */
export function findDescription(): string | undefined {
  const named = process.env['BROWNOUT_OPENAPI']
  if (named !== undefined && named !== '') return named
  return existsSync(besides) ? besides : undefined
}

export class ApiDescription {
  readonly #description: Description
  readonly #paths = new Map<string, string>()
  readonly #validators = new Map<string, Validator>()

  constructor(file: string) {
    this.#description = nullableEverywhere(parse(readFileSync(file, 'utf8'))) as Description
    for (const path of Object.keys(this.#description.paths)) this.#paths.set(nameless(path), path)
  }

  /** The statuses it knows for a route; `undefined` for a route it does not know. */
  statuses(method: string, template: string): readonly string[] | undefined {
    const responses = this.#responses(method, template)
    return responses && Object.keys(responses)
  }

  /** What is wrong with a reply that it describes. */
  problems(method: string, template: string, status: number, body: unknown): readonly string[] {
    const response = this.#responses(method, template)?.[String(status)]
    if (!response) return [`status ${status} is not described`]
    // Some errors are listed without saying what they look like.
    if (status >= 400 && !JSON.stringify(response).includes('"schema"')) return this.errorProblems(status, body)
    return this.#validate(`${method} ${template}`, status, response, body)
  }

  /** What is wrong with an error whose status it does not list for the route. */
  errorProblems(status: number, body: unknown): readonly string[] {
    return this.#validate('any route', status, { schema: this.#description.components.schemas['error'] }, body)
  }

  #responses(method: string, template: string): Responses | undefined {
    const path = this.#paths.get(nameless(template))
    return path === undefined ? undefined : this.#description.paths[path]?.[method.toLowerCase()]?.responses
  }

  #validate(route: string, status: number, response: Schema, body: unknown): readonly string[] {
    const key = `${route} ${status}`
    const validator = this.#validators.get(key) ?? this.#compile(status, response)
    this.#validators.set(key, validator)
    const found = validator.validateResponse(String(status), body) as
      | { readonly errors: readonly { readonly path?: string; readonly message: string }[] }
      | undefined
    return (found?.errors ?? []).map(({ path, message }) => `${path ?? 'body'} ${message}`)
  }

  #compile(status: number, response: Schema): Validator {
    const { schemas } = this.#description.components
    const needed = Object.fromEntries([...namesIn(response, schemas)].map((name) => [name, schemas[name]]))
    return new Validator({ responses: { [status]: response }, components: { schemas: needed } } as unknown as Args)
  }
}

function nameless(path: string): string {
  return path.replaceAll(/\{[^}]*\}/gu, '{}')
}

/** All schemas that a response refers to, however deep; the whole description would take seconds to compile each time. */
function namesIn(value: unknown, schemas: Readonly<Record<string, Schema>>, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  for (const [key, inner] of Object.entries(value)) {
    const name = key === '$ref' && typeof inner === 'string' ? inner.split('/').at(-1) : undefined
    if (name === undefined) namesIn(inner, schemas, found)
    else if (!found.has(name)) namesIn(schemas[name], schemas, found.add(name))
  }
  return found
}

/** The validator handles `nullable` beside a type only. Examples are not schemas. */
function nullableEverywhere(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nullableEverywhere)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
    .filter(([name]) => name !== 'example' && name !== 'examples')
    .map(([name, inner]) => [name, nullableEverywhere(inner)] as const)
  const { nullable, ...rest } = Object.fromEntries(entries)
  if (nullable !== true) return typeof rest['$ref'] === 'string' ? { $ref: rest['$ref'] } : rest
  return typeof rest['type'] === 'string' ? { ...rest, nullable } : { anyOf: [rest, { type: 'null' }] }
}
