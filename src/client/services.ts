// What a client declares to need besides the API: a real Redis of its own. Untyped JavaScript gets a sentence for what the types
// would have refused.

import { nearestName } from '#context/nearest-name.ts'
import { UserError } from '#context/user-error.ts'

/** Neither: whichever is at hand. */
export type RedisWanted = { readonly image?: string; readonly command?: readonly string[] }
export type Services = { readonly redis?: RedisWanted }

const known = ['redis']
const fields = ['image', 'command']

/** Throws UserError for what makes no sense. */
export function resolveServices({ name, services }: { readonly name: string; readonly services?: unknown }): Services {
  if (services === undefined) return {}
  const { redis } = record(`"services" of the client "${name}"`, services, known)
  if (redis === undefined || redis === false) return {}
  if (redis === true) return { redis: {} }
  const { image, command } = record(`"redis" of the client "${name}"`, redis, fields)
  if (image !== undefined && command !== undefined)
    throw new UserError(`"redis" of the client "${name}" names both an image and a command.`, {
      hint: 'Leave one of them out; without either, whichever is at hand is taken.',
    })
  if (image !== undefined) return { redis: { image: text(image) } }
  return { redis: command === undefined ? {} : { command: words(command) } }
}

function record(what: string, value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UserError(`${what} must be an object with some of: ${names.join(', ')}.`)
  const strange = Object.keys(value).find((field) => !names.includes(field))
  if (strange === undefined) return value as Readonly<Record<string, unknown>>
  const meant = nearestName(strange, names)
  throw new UserError(`${what} has an unknown field "${strange}".`, {
    hint: meant ? `Did you mean "${meant}"?` : `It may have: ${names.join(', ')}.`,
  })
}

function text(value: unknown): string {
  if (typeof value === 'string' && /^[\w][\w./:@-]{0,499}$/u.test(value)) return value
  throw new UserError('"image" of redis must be the name of an image, such as "redis:7-alpine".')
}

function words(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string' && word !== ''))
    return value as readonly string[]
  throw new UserError('"command" of redis must be a list of words, such as ["redis-server"].')
}
