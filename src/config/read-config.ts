// One file of a config: data that has the right form, and where in the file each part of it stands.

import { statSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loadData } from '#client/load-data.ts'
import { UserError, type Place } from '#context/user-error.ts'
import { complain } from '#scenario/complaint.ts'
import { documentOf, readDocument, type Document } from '#scenario/document.ts'
import { readText } from '#scenario/files.ts'
import { addIssues } from '#scenario/issue.ts'
import { Problems, quote, spell, type Path } from '#scenario/problem.ts'
import { keyPlaces } from '#scenario/key-places.ts'
import { configSchema, type Written } from './schema.ts'

export type Layer = {
  /** Absolute. */
  readonly file: string
  /** As messages call it. */
  readonly shown: string
  /** What its paths are relative to. Absolute. */
  readonly directory: string
  readonly written: Written
  /** Where a setting stands. What is computed has no line. */
  placeOf(path: Path): Place
  /** All of these at their places. */
  mistake(problems: Problems): UserError
}

type Text = { readonly shown: string; readonly text: string; readonly document: Document; readonly isPlaced: boolean }

/** What messages call a setting: `config.profile`. In the file there is no such map. */
export const root = 'config'
const example = "Write: export default defineConfig({ client: './client.ts' })"

/** Throws UserError. A module runs. */
export async function readConfig(file: string, cwd: string): Promise<Layer> {
  const shown = relative(cwd, file).replaceAll('\\', '/')
  // From a pipe nothing may ever come.
  if (!statSync(file).isFile())
    throw new UserError(`The config ${shown} is no file.`, {
      hint: 'A config is a regular file, such as chaos.config.ts.',
    })
  const text = /\.(?:json|ya?ml)$/u.test(file) ? readData(file, shown) : await loadModule(file, shown)
  const { data } = text.document
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new UserError(`a config is a map, but this file holds ${quote(data)}`, { place: { file: shown } })
  const problems = new Problems()
  const form = configSchema.safeParse(data, { jitless: true })
  if (form.success)
    return {
      file,
      shown,
      directory: dirname(file),
      written: form.data,
      placeOf: (path) => placeOf(text, path),
      mistake: (found) => mistakeIn(text, found),
    }
  addIssues(problems, form.error.issues, configSchema, data, [root])
  throw mistakeIn(text, problems)
}

function readData(file: string, shown: string): Text {
  const text = readText(file, shown, 'config')
  const document = readDocument(text)
  if (document.misprints.length > 0) throw complain(text, shown, document, document.misprints)
  return { shown, text, document, isPlaced: true }
}

async function loadModule(file: string, shown: string): Promise<Text> {
  const text = readText(file, shown, 'config')
  const data = exported(await loadData({ name: shown, url: pathToFileURL(file).href }, 'config'), shown)
  const places = keyPlaces(text)
  return { shown, text, document: documentOf(text, data, places), isPlaced: places.length > 0 }
}

/** What is compiled to CommonJS has its default within the default. */
function exported(exports: Readonly<Record<string, unknown>>, shown: string): unknown {
  const { default: unwrapped } = exports
  const inner = isRecord(unwrapped) && '__esModule' in unwrapped ? unwrapped['default'] : unwrapped
  if (isRecord(inner)) return inner
  const names = Object.keys(exports).filter((name) => name !== 'default' && name !== 'module.exports')
  const what =
    inner === undefined ? (names.length === 0 ? 'nothing' : `only ${names.slice(0, 8).join(', ')}`) : kindOf(inner)
  throw new UserError(`The config ${shown} exports ${what}; its default must be an object.`, {
    place: { file: shown },
    hint: example,
  })
}

function kindOf(value: unknown): string {
  return typeof value === 'function' ? 'a function' : quote(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function placeOf({ shown, document }: Text, path: Path): Place {
  if (!document.holds(path)) return { file: shown }
  const { start } = document.spanOf({ path, on: 'key', what: '' })
  return { file: shown, line: document.placeOf(start).line }
}

function mistakeIn({ shown, text, document, isPlaced }: Text, { list }: Problems): UserError {
  const [first] = list
  if (first && !isPlaced) {
    const words = list.map(({ what, hint }) => [what, hint && spell(hint)].filter((part) => part !== undefined))
    return new UserError(first.what, {
      place: { file: shown },
      hint: [...(words[0]?.slice(1) ?? []), ...words.slice(1).flat()].join('\n'),
    })
  }
  return complain(
    text,
    shown,
    document,
    list.map((problem) => ({ ...problem, span: document.spanOf({ ...problem, path: problem.path.slice(1) }) })),
  )
}
