// `npm run bench`: how fast the harness is. All families, or those named: `npm run bench -- a d`. `--json FILE` keeps the figures.
// `--against-baseline` measures the ratios of the first family only, and ends with 1 when one of them has become worse than
// the saved one by more than a quarter; `--save-baseline` saves them. What it all means is in docs/PERFORMANCE.md.

import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { apart } from './apart.ts'
import { families } from './families.ts'
import { figuresInWords, type Figure } from './figure.ts'
import { betterOf, complaintsOf, readSaved, saveRatios } from './guard.ts'
import { machineInWords, thisMachine } from './machine.ts'

// Compiled code is kept between processes, as the command line does it.
process.env['NODE_COMPILE_CACHE'] ||= join(tmpdir(), 'node-compile-cache')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    'against-baseline': { type: 'boolean', default: false },
    'save-baseline': { type: 'boolean', default: false },
  },
})
const unknown = positionals.filter((letter) => !Object.hasOwn(families, letter))
const machine = thisMachine()

function measure(letter: string): Promise<readonly Figure[]> {
  return apart('families.ts', 'measure', letter)
}

async function measureFamilies(letters: readonly string[]): Promise<void> {
  const measured: Record<string, readonly Figure[]> = {}
  for (const letter of letters) {
    const startedAt = performance.now()
    const figures = await measure(letter)
    const seconds = (performance.now() - startedAt) / 1_000
    console.log(`\n${letter}. ${families[letter]?.title} (${seconds.toFixed(0)} s)\n${figuresInWords(figures)}`)
    measured[letter] = figures
  }
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ machine, figures: measured }, null, 2)}\n`)
}

async function compare(): Promise<number> {
  const saved = readSaved()
  let figures = await measure('a')
  // Somebody else may have wanted the machine just then.
  if (complaintsOf(figures, saved).length > 0) figures = betterOf(figures, await measure('a'))
  console.log(figuresInWords(figures))
  const complaints = complaintsOf(figures, saved)
  for (const complaint of complaints) console.error(complaint)
  if (complaints.length === 0) console.log('No ratio is worse than the saved one by more than a quarter.')
  return complaints.length === 0 ? 0 : 1
}

async function main(): Promise<number> {
  if (unknown.length > 0) {
    console.error(`There is no family ${unknown.join(', ')}. There are ${Object.keys(families).join(', ')}.`)
    return 2
  }
  console.log(machineInWords(machine))
  if (values['against-baseline']) return compare()
  if (values['save-baseline']) {
    const figures = await measure('a')
    console.log(figuresInWords(figures))
    saveRatios(figures, machine)
    return 0
  }
  await measureFamilies(positionals.length > 0 ? positionals : Object.keys(families))
  return 0
}

process.exitCode = await main()
