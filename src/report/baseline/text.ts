// A baseline as the small file that people commit: sorted, a line for each figure that a reviewer would look at, the same bytes for the
// same figures.

import { sections, type Entry, type Figures, type Section } from './entry.ts'

const head = `# How these clients degraded when \`brownout baseline save\` wrote this. Commit it; \`--against\` compares a run with it.
# Of operations from the first fault on: the share that failed, requests sent for each as a multiple of what is usual, how long after
# the faults the last one failed, attempts of a request and the pauses between them. A margin is the slack to an oracle's threshold.
`

/** Few figures that belong together stand on one line. */
const onOneLine: ReadonlySet<Section> = new Set(['attempts', 'pauses', 'outcomes'])

export function baselineText(entries: readonly Entry[]): string {
  const byScenario = Map.groupBy(entries.toSorted(inOrder), ({ scenario }) => scenario)
  const lines = [...byScenario].flatMap(([scenario, some]) => [
    `  ${word(scenario)}:`,
    ...some.flatMap((entry) => [`    ${word(entry.client)}:`, ...entryLines(entry).map((line) => `      ${line}`)]),
  ])
  return `${head}baseline: 1\nruns:${lines.length === 0 ? ' {}' : ''}\n${lines.map((line) => `${line}\n`).join('')}`
}

/** By code units: what a machine's language thinks of letters is no matter. */
function inOrder(one: Entry, other: Entry): number {
  if (one.scenario !== other.scenario) return one.scenario < other.scenario ? -1 : 1
  return one.client < other.client ? -1 : one.client > other.client ? 1 : 0
}

function entryLines({ seed, profile, outcome, figures }: Entry): string[] {
  return [
    `seed: ${JSON.stringify(seed)}`,
    `profile: ${profile}`,
    `outcome: ${outcome}`,
    ...sections.flatMap((section) => sectionLines(section, figures[section] ?? {})),
  ]
}

function sectionLines(section: Section, figures: Figures): string[] {
  const all = Object.entries(figures)
  if (all.length === 0) return []
  const only = figures['']
  if (only) return [`${section}: ${only.text}`]
  const written = all.map(([name, { text }]) => `${word(name)}: ${text}`)
  return onOneLine.has(section)
    ? [`${section}: { ${written.join(', ')} }`]
    : [`${section}:`, ...written.map((line) => `  ${line}`)]
}

/** A key of YAML. What could be anything else than a word is quoted. */
function word(text: string): string {
  return /^(?:\.{1,2}\/)*[A-Za-z][\w./-]*(?:[: ][\w./()-]+)*$/u.test(text) &&
    !/^(?:true|false|null|yes|no|on|off)$/iu.test(text)
    ? text
    : JSON.stringify(text).replaceAll('\u007F', String.raw`\u007F`)
}
