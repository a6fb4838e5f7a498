// The scenario and the config that `init` writes.

import type { Manager } from './manager.ts'

/** `exec`: how the command is started by hand. */
export function firstScenario(exec: string): string {
  return scenario.replaceAll('npx brownout', exec)
}

const scenario = `# yaml-language-server: $schema=../node_modules/brownout/schemas/v1/scenario.schema.json
#
# An incident of your own. Change it to one that you had: what was asked, what went wrong, from when to when. \`npx brownout explain
# first-incident\` tells what it does, \`npx brownout validate first-incident\` whether it is right.
scenario: first-incident
title: The API answers 503, then not at all
tags: [ours]
source: { document: none, date: 2026-03-02, severity: P2 }

# From the first request to the last, in virtual time: a second or so of yours.
run: { from: 09:00Z, until: 09:20Z }

world:
  workspaces: { ours: { region: us } }

# Who asks what, how often.
load:
  reads: { do: contact.read, every: 5s, pick: uniform of 12 }
  replies: { do: conversation.reply, every: 30s }

# What goes wrong. \`npx brownout list\` has scenarios with every kind of fault to copy from.
faults:
  unavailable: { kind: status, from: 09:05Z, until: 09:08Z, with: { code: 503 } }
  silence: { kind: hang, from: 09:08Z, until: 09:11Z }

phases: { errors: 09:05Z, silence: 09:08Z, recovery: 09:11Z }

# What of this is known, and what is assumed.
evidence:
  documented: {}
  assumed: [run, world, load, faults, phases]

# All that holds for every client is judged without a word here. This is what this incident asks for besides.
expect:
  recovers: { within: 2m, after: recovery }
`

export function configText(client: string, { exec, run }: Pick<Manager, 'exec' | 'run'>): string {
  return `import { defineConfig } from 'brownout'

// What the command line takes for granted here: docs/configuration.md of the package.
export default defineConfig({
  clients: { ours: './${client}' },
  client: 'ours',
  // What \`${run}\` plays: your incidents (all that have this tag), and some of the library (\`${exec} list\`).
  gate: ['ours', 'server-errors-5xx'],
  reports: { dir: 'reports' },
  fuzz: { mode: 'any', time: '10m' },
})
`
}
