// The way back: plain data of the form of a scenario file as the text of one, and the data of a text that has been parsed.

import assert from 'node:assert/strict'
import { Document, isMap, isScalar, visit } from 'yaml'
import { readDocument } from './document.ts'

export type ScenarioData = { readonly [section: string]: unknown }

/** Of a text that is known to be a scenario. */
export function dataOf(text: string): ScenarioData {
  const { data, misprints } = readDocument(text)
  assert(misprints.length === 0 && typeof data === 'object' && data !== null, 'The text is a scenario.')
  return data as ScenarioData
}

/** What a person should know of an entry, by its path: `faults.timeouts`. */
export type Notes = ReadonlyMap<string, string>

/** `comment`: what a person should know before reading on. Entries of sections stand on a line each: `deep` levels are blocks. */
export function writeScenario(data: ScenarioData, comment: string, notes: Notes = new Map(), deep = 2): string {
  // What is there twice is written twice: the format has no aliases.
  const document = new Document(data, { version: '1.2', aliasDuplicateObjects: false })
  visit(document, {
    Map(_, map, path) {
      // The file and its sections of entries are blocks; what an entry says is short enough for one line.
      const isPlain = map.items.every(({ value }) => isScalar(value))
      if (path.length > deep * 2 - 1 || (path.length > 1 && isPlain)) map.flow = true
    },
  })
  if (isMap(document.contents))
    for (const { key } of document.contents.items)
      if (isScalar(key) && key.value !== 'title') key.spaceBefore = key.value !== 'scenario'
  for (const [path, note] of notes) annotate(document, path.split('.'), note)
  document.commentBefore = commented(comment)
  return document.toString({ lineWidth: 140, flowCollectionPadding: true })
}

function annotate(document: Document, path: readonly string[], note: string): void {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  assert(isMap(parent), `There is something at ${path.join('.')} to say a word about.`)
  const key = parent.items.map((pair) => pair.key).find((one) => isScalar(one) && one.value === path.at(-1))
  assert(isScalar(key), `There is a ${path.join('.')} to say a word about.`)
  key.commentBefore = commented(note)
}

function commented(text: string): string {
  return text
    .split('\n')
    .map((line) => ` ${line}`.trimEnd())
    .join('\n')
}
