// `explain`: what a scenario does, in words.

import { plainText } from '#context/foreign-text.ts'
import { explainScenario, explainTimeline } from '#scenario/explain.ts'
import { loadScenario } from '#scenario/load.ts'
import type { CommonFlags } from './flags.ts'
import { print } from './terminal.ts'

export function explainCommand(wanted: string, { output, quiet }: CommonFlags): void {
  const scenario = loadScenario(wanted, process.cwd())
  print(
    output === 'json'
      ? JSON.stringify(scenario, null, 2)
      : plainText(quiet ? explainTimeline(scenario) : explainScenario(scenario)),
  )
}
