// What a scenario file can be selected by besides its name: its severity and its tags. Read without checking the file, because
// a broken file must not keep the others from being found.

import { readDocument } from './document.ts'
import { readText, type ScenarioFile } from './files.ts'

/** As in `severity`; every one of them may be asked for, whether a scenario has it or not. */
const severities: readonly string[] = ['P1', 'P2', 'P3', 'P4']

export function labelsOf({ file }: ScenarioFile): readonly string[] {
  const data = readLoosely(file)
  const severity = isMap(data['source']) ? data['source']['severity'] : undefined
  const tags = Array.isArray(data['tags']) ? data['tags'] : []
  return [severity, ...tags].filter((label): label is string => typeof label === 'string')
}

/** All that the files can be selected by, once each. */
export function allLabels(files: readonly ScenarioFile[]): readonly string[] {
  return [...new Set([...severities, ...files.flatMap(labelsOf)])]
}

function readLoosely(file: string): Record<string, unknown> {
  try {
    const { data } = readDocument(readText(file))
    return isMap(data) ? data : {}
  } catch {
    return {}
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
