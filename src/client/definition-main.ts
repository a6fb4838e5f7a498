// The process that reads a module which defines a service: `definition-main <file> <name>`. It answers on a descriptor of its own,
// because the module may print.

import { writeSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { isUserError, UserError } from '#context/user-error.ts'
import { answerDescriptor, type DefinitionAnswer } from './definition-process.ts'
import { loadData } from './load-data.ts'
import { pathOfCode } from './plain-data.ts'

const [file = '', name = ''] = process.argv.slice(2)

let files: readonly string[] = []

function tell(answer: DefinitionAnswer): void {
  writeSync(answerDescriptor, JSON.stringify(answer))
}

async function read(): Promise<unknown> {
  const exports = await loadData({ name, url: pathToFileURL(file).href }, 'service', (found) => (files = found))
  const { default: unwrapped } = exports
  // What is compiled to CommonJS has its default within the default.
  const data = isRecord(unwrapped) && '__esModule' in unwrapped ? unwrapped['default'] : unwrapped
  const hint = 'Write: export default defineService({ name, hosts, resources })'
  if (data === undefined) {
    const names = Object.keys(exports).filter((each) => each !== 'default' && each !== 'module.exports')
    const found = names.length === 0 ? 'nothing' : `only ${names.slice(0, 8).join(', ')}`
    throw new UserError(`The service ${name} exports ${found}; it must export the service as its default.`, { hint })
  }
  const code = pathOfCode(data)
  if (code !== undefined)
    throw new UserError(`The service ${name} is no data: ${code}.`, { hint: 'A definition holds what JSON can hold.' })
  return data
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

try {
  tell({ data: await read(), files })
} catch (error) {
  if (!isUserError(error)) throw error
  const { message, place, hint } = error
  tell({ problem: { message, ...(place && { place }), ...(hint !== undefined && { hint }) }, files })
}
process.exit(0)
