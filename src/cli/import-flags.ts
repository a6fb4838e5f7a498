// The flags of `import`, which has one command for each form that a document may have.

import type { Command } from 'commander'

export type ImportFlags = {
  readonly out?: string
  readonly force: boolean
  readonly date?: string
  readonly zone?: string
  readonly url?: string
  readonly name?: string
  readonly quiet: boolean
}

/** As `formats` of `#import/import-scenario.ts`, which is loaded when one is chosen. */
export const importFormats = {
  statuspage: 'an incident or a maintenance as Statuspage publishes it (/api/v2/incidents.json, one entry)',
  'incident-io': 'an incident as the API of incident.io has it, with its updates and component_impacts',
  text: 'a postmortem with lines such as "11:14 - Errors begin", or the copied page of a status page',
} as const

export function addImportFlags(command: Command, isText: boolean): Command {
  command
    .option('--out <file>', 'where the scenario goes (default: it is printed)')
    .option('--force', 'replace the file when it is there already', false)
    .option('--name <name>', 'what the scenario is called (default: as the file of --out, or from the title)')
    .option('--url <url>', 'where the public can read the document')
  if (isText) {
    command
      .option('--date <day>', 'the day of times that have none, as 2026-04-27')
      .option('--zone <zone>', 'the time zone of times that name none, as UTC, +10:00 or PDT')
  }
  return command.option('--quiet', 'do not list what was taken for granted and what was not used', false)
}
