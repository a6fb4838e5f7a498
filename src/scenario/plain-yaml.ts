// A document of somebody else's, YAML or JSON, as plain data and nothing more: what is not of our format may be deep, and may repeat itself.

import { parseDocument } from 'yaml'
import { UserError } from '#context/user-error.ts'

/** Repetitions by alias: a text that grows beyond them when it is written out is refused. */
const mostAliases = 1_000

/** `what` is what messages call it. Throws UserError. */
export function readPlain(text: string, file: string, what: string): unknown {
  if (/^\s*\{/u.test(text)) {
    try {
      return JSON.parse(text) as unknown
    } catch {
      // What is wrong is told with its place below: JSON is YAML.
    }
  }
  const yaml = parseDocument(text, { prettyErrors: true, version: '1.2', logLevel: 'error', uniqueKeys: false })
  const [error] = yaml.errors
  if (error) {
    const [at] = error.linePos ?? []
    const place = { file, ...(at && { line: at.line, column: at.col }) }
    if (error.code === 'RESOURCE_EXHAUSTION') throw new UserError(`${what} is nested too deeply here`, { place })
    throw new UserError(`${what} cannot be read: ${error.message.split('\n')[0]?.replace(/ at line .*$/u, '') ?? ''}`, {
      place,
    })
  }
  try {
    return yaml.toJS({ maxAliasCount: mostAliases }) as unknown
  } catch {
    throw new UserError(`${what} repeats too much of itself, or is nested too deeply`, { place: { file } })
  }
}
