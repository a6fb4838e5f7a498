// From a document to the skeleton of a scenario. Whatever the document holds, the result is a scenario that parses, or a sentence that says
// why there is none; and nothing that was read is dropped without being said.

import assert from 'node:assert/strict'
import { formatInstant } from '#clock/instant.ts'
import { limits } from '#context/limits.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { parseScenario } from '#scenario/parse.ts'
import { writeScenario } from '#scenario/write.ts'
import type { Account } from './account.ts'
import { drillOf } from './drill.ts'
import { listen } from './evidence.ts'
import { readIncidentIo } from './incident-io-account.ts'
import { listed, noteOf, unusedOf, wrapped } from './notes.ts'
import { phasesOf } from './phases.ts'
import { propose } from './propose.ts'
import { homeOf, homesOf } from './setting.ts'
import { skeletonOf } from './skeleton.ts'
import { readStatuspage } from './statuspage-account.ts'
import { readTextAccount } from './text-account.ts'
import { windowOf } from './window.ts'
import type { Zone } from './zones.ts'

export const formats = ['statuspage', 'incident-io', 'text'] as const
export type Format = (typeof formats)[number]

export type ImportOptions = {
  /** The day that a text does not say. */
  readonly date?: string
  /** Of times that name none. */
  readonly zone?: Zone
  readonly url?: string
  /** Of the scenario. Default: from the title. */
  readonly name?: string
}

export type Imported = {
  readonly text: string
  readonly name: string
  readonly facts: number
  readonly faults: readonly string[]
  readonly assumed: readonly string[]
  readonly unused: readonly string[]
}

/** `file` is how the document is called. Throws UserError. */
export function importScenario(format: Format, text: string, file: string, options: ImportOptions = {}): Imported {
  const read = readAccount(format, text, file, options)
  const window = windowOf(read, file)
  // Times of the file are on the day on which the trouble begins, unless they say otherwise.
  const account = window ? { ...read, day: formatInstant(window.from.at).slice(0, 10) } : read
  const spoken = listen(account)
  const regions = homesOf(account, spoken)
  const proposed = propose(account, spoken, window, homeOf(regions))
  if (proposed.faults.length === 0) throw nothingFound(account, file)
  const drill = window ? null : drillOf(proposed.faults, account.day, file)
  const skeleton = skeletonOf({
    account,
    file,
    name: options.name,
    spoken,
    regions,
    window,
    faults: drill?.faults ?? proposed.faults,
    phases: drill?.phases ?? (window ? phasesOf(account.moments, window) : []),
  })
  const unused = unusedOf(account, spoken, proposed)
  const comment = [
    ...wrapped(
      `Imported from ${file} by \`brownout import ${format}\`: a skeleton for a person to confirm. ${skeleton.provenance}`,
    ),
    ...wrapped(
      'Every fault is proposed from words and assumed; so are the world and the load. The facts of the timeline are the words of the source.',
    ),
    '',
    'Taken for granted:',
    ...listed(skeleton.assumed),
    ...(unused.length > 0 ? ['', 'Not used:', ...listed(unused)] : []),
  ].join('\n')
  const notes = new Map(skeleton.faults.map((fault) => [`faults.${fault.name}`, noteOf(fault)]))
  const written = writeScenario(skeleton.data, comment, notes)
  checkWritten(written, file)
  const { name, assumed, faults } = skeleton
  return {
    text: written,
    name,
    facts: account.moments.length,
    faults: faults.map((fault) => fault.name),
    assumed,
    unused,
  }
}

function readAccount(format: Format, text: string, file: string, { date, zone, url }: ImportOptions): Account {
  const account =
    format === 'text'
      ? readTextAccount(text, file, { date, zone, url: url ?? null })
      : (format === 'statuspage' ? readStatuspage : readIncidentIo)(text, file)
  return url === undefined ? account : { ...account, url }
}

function nothingFound({ moments }: Account, file: string): UserError {
  const read = moments.length === 0 ? 'no time and no word' : 'times, but no word'
  return new UserError(`the document has ${read} that a fault could be proposed for`, {
    place: { file },
    hint: 'Words such as time-out, 503, rate limit, slow or webhooks delayed are: see docs/importing.md.',
  })
}

/** What does not parse is our mistake; what does not fit is the document's. */
function checkWritten(written: string, file: string): void {
  if (written.length > limits.scenarioCharacters)
    throw new UserError(
      `the document is too long: its scenario would have ${written.length} characters, and may have ${limits.scenarioCharacters}`,
      {
        place: { file },
        hint: 'Import the part that has the timeline.',
      },
    )
  try {
    parseScenario(written, file)
  } catch (error) {
    assert(!isUserError(error), `The skeleton is a scenario, but: ${String(error)}`)
    throw error
  }
}
