// `import openapi`: writes the definition of a service, and a scenario to begin with, from a specification.

import { existsSync } from 'node:fs'
import { basename, isAbsolute, join, resolve } from 'node:path'
import { plainText } from '#context/foreign-text.ts'
import { quoteWord } from '#context/shell-word.ts'
import { UserError } from '#context/user-error.ts'
import { unwritable, writeWhole } from '#context/whole-file.ts'
import { importOpenapi, type ImportedService } from '#import/openapi/import-openapi.ts'
import { createDirectory } from '#report/write.ts'
import { readText, showPath } from '#scenario/files.ts'
import { startFrom } from './reproduce.ts'
import { checkFilled, checkLocal } from './select.ts'
import { complain, print } from './terminal.ts'

export type OpenapiFlags = {
  readonly out?: string
  readonly force: boolean
  readonly name?: string
  readonly quiet: boolean
}

const writing = { what: 'the service', hint: 'Choose another place with --out.' }

export async function importOpenapiCommand(file: string, { out, force, name, quiet }: OpenapiFlags): Promise<void> {
  const cwd = process.cwd()
  if (name !== undefined && !/^[a-z]+(?:-[a-z]+){0,4}$/u.test(name))
    throw new UserError(`--name ${name} cannot be the name of a service.`, {
      hint: 'It is a word of small letters and dashes.',
    })
  const directory = out === undefined ? undefined : resolve(cwd, checkFilled('--out', out))
  const path = resolve(cwd, checkLocal(file))
  const shown = showPath(path, cwd)
  const imported = importOpenapi(
    readText(path, shown, 'specification'),
    isAbsolute(shown) ? basename(shown) : shown,
    name,
  )
  if (directory === undefined) print(imported.service.text)
  else await write(imported, directory, force, cwd)
  complain(plainText(told(imported, quiet).join('\n')))
  complain(plainText(next(imported, directory, cwd)))
}

/** Both or none: what somebody has worked on is worth more. */
async function write(
  { service, scenario }: ImportedService,
  directory: string,
  force: boolean,
  cwd: string,
): Promise<void> {
  const files = [service, scenario].map(({ file, text }) => ({ file: join(directory, file), text }))
  const taken = files.find(({ file }) => existsSync(file))
  if (taken && !force)
    throw new UserError(`"${showPath(taken.file, cwd)}" is there already.`, {
      hint: 'Name another folder, or replace it with --force.',
    })
  await createDirectory(directory).catch((error: unknown) => {
    throw unwritable(showPath(directory, cwd), error, writing)
  })
  for (const { file, text } of files) {
    writeWhole(file, text, writing)
    print(plainText(`${showPath(file, cwd)}: written.`))
  }
}

const shownOfEach = 3

function told({ name, resources, operations, notes }: ImportedService, quiet: boolean): readonly string[] {
  const head = `Imported ${name}: ${count(resources, 'resource')} with ${count(operations, 'operation')}.`
  const assumed = notes.assumed(shownOfEach)
  const left = notes.leftOut(shownOfEach)
  if (quiet) return [`${head} Its comments list what was assumed and what was not taken over (${notes.leftCount}).`]
  return [
    `${head} Confirm it before you trust it.`,
    'Assumed:',
    ...assumed.map((item) => `- ${item}`),
    ...(left.length > 0 ? [`Not taken over (${notes.leftCount}; the comments of the service have them):`] : []),
    ...left.map((item) => `- ${item}`),
  ]
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}

function next({ scenario }: ImportedService, directory: string | undefined, cwd: string): string {
  const { here } = startFrom(cwd)
  if (directory === undefined) return 'Next: the same with --out scenarios, which writes a scenario beside it.'
  return `Next: ${here} validate ${quoteWord(showPath(join(directory, scenario.file), cwd))}`
}
