// What somebody's JavaScript may pass instead of options: told in a sentence, before anything begins.

import { nearestName } from '#context/nearest-name.ts'
import { UserError } from '#context/user-error.ts'

const kinds = { from: 'string', seed: 'string', timeScale: 'number', onEvent: 'function' } as const
const words = { string: 'a text', number: 'a number', function: 'a function' } as const

/** Throws a UserError. */
export function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new UserError('The options of an incident are an object.', { hint: "Such as { from: 'outage' }." })
  const names = Object.keys(kinds)
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(kinds, name)) {
      const near = nearestName(name, names)
      throw new UserError(`An incident has no option "${name}".`, {
        hint: near === undefined ? `There are: ${names.join(', ')}.` : `Did you mean "${near}"?`,
      })
    }
    const kind = kinds[name as keyof typeof kinds]
    // oxlint-disable-next-line valid-typeof -- one of three words
    if (value !== undefined && typeof value !== kind) throw new UserError(`${name} is not ${words[kind]}.`)
  }
}
