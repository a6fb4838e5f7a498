// `npm run mutate`: plants small mistakes in the oracles and counts how many the tests and the golden histories notice. Writes
// reports/mutation.json; ends with 1 when fewer are noticed than are asked for.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { oracles } from '#oracle/catalog.ts'
import { createPrng } from '#random/prng.ts'
import { isEquivalent, stale, type Equivalent } from './equivalents.ts'
import { createHand, type Hand } from './hands.ts'
import { mutantsOf, type Mutant } from './mutants.ts'
import { enough, lastLine, scoreLine, shareOf, sumOf, survivorLines, type FileScore } from './score.ts'
import { subjectsIn, type Subject } from './subjects.ts'
import { isNoticed, provenStages } from './try.ts'

const usage = `npm run mutate -- [--file NAME]... [--sample N] [--seed S] [--minutes N] [--hands N] [--quiet]

  --file NAME  only src/oracle/NAME.ts
  --sample N   N mutants of each file, chosen by the seed
  --minutes N  start no further file after this long
  --hands N    processes that run tests; default 2
  --quiet      do not print the survivors`

const root = fileURLToPath(new URL('../../', import.meta.url))

function readOptions() {
  const { values } = parseArgs({
    options: {
      file: { type: 'string', multiple: true },
      sample: { type: 'string', default: 'Infinity' },
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: 'Infinity' },
      hands: { type: 'string', default: '2' },
      quiet: { type: 'boolean', default: false },
    },
  })
  const [sample, minutes, hands] = [values.sample, values.minutes, values.hands].map(Number) as [number, number, number]
  if (![sample, minutes, hands].every((value) => value > 0)) throw new Error(usage)
  return { ...values, sample, minutes, hands }
}

const options = readOptions()
const equivalents = JSON.parse(readFileSync(join(import.meta.dirname, 'equivalents.json'), 'utf8')) as Equivalent[]
const all = subjectsIn(join(root, 'src/oracle'), new Set(oracles.keys()))
const subjects = options.file ? all.filter(({ name }) => options.file?.includes(name)) : all
if (subjects.length === 0) throw new Error(`There is no such file in src/oracle.\n${usage}`)

/** A choice that is the same for the same seed, in the order of the text. */
function sampleOf(mutants: readonly Mutant[], name: string): readonly Mutant[] {
  if (mutants.length <= options.sample) return mutants
  const random = createPrng(options.seed, 'mutants', name)
  const drawn = mutants.map((mutant) => ({ mutant, rank: random.next() }))
  const chosen = new Set(drawn.toSorted((one, other) => one.rank - other.rank).slice(0, options.sample))
  return drawn.filter((one) => chosen.has(one)).map(({ mutant }) => mutant)
}

async function scoreOf(subject: Subject, hand: Hand): Promise<FileScore> {
  const { name, text, file } = subject
  const found = mutantsOf(text, file)
  const mutants = found.filter((mutant) => !isEquivalent(mutant, name, equivalents))
  const stages = await provenStages(subject, hand, (sentence) => console.log(sentence))
  const tried = stages.length === 0 ? [] : sampleOf(mutants, name)
  const survivors: Mutant[] = []
  for (const mutant of tried) if (!(await isNoticed(mutant, subject, stages, hand))) survivors.push(mutant)
  return {
    name,
    mutants: mutants.length,
    tried: tried.length,
    noticed: tried.length - survivors.length,
    equivalent: found.length - mutants.length,
    proven: stages.length > 0,
    survivors: survivors.map(({ line, source, change }) => ({ line, source, change })),
  }
}

const startedAt = performance.now()
const scores: FileScore[] = []
let next = 0

async function work(): Promise<void> {
  const hand = createHand()
  try {
    while (next < subjects.length && performance.now() - startedAt < options.minutes * 60_000) {
      const score = await scoreOf(subjects[next++] as Subject, hand)
      scores.push(score)
      console.log([scoreLine(score), ...(options.quiet ? [] : survivorLines(score))].join('\n'))
    }
  } finally {
    hand.close()
  }
}

await Promise.all(Array.from({ length: Math.min(options.hands, subjects.length) }, work))
scores.sort((one, other) => (one.name < other.name ? -1 : 1))
mkdirSync(join(root, 'reports'), { recursive: true })
writeFileSync(join(root, 'reports/mutation.json'), `${JSON.stringify({ format: 1, files: scores }, null, 1)}\n`)
const mutants = new Map(subjects.map(({ name, text, file }) => [name, mutantsOf(text, file)]))
for (const { file, source, change } of stale(equivalents, mutants))
  console.log(`equivalents.json: ${file} has no mutant "${change}" in the line: ${source}`)
const left = subjects.length - scores.length
if (left > 0) console.log(`${left} files were not begun in ${options.minutes} minutes.`)
const seconds = Math.round((performance.now() - startedAt) / 1_000)
console.log(`\n${sumOf(scores).tried} mutants in ${seconds} s`)
console.log(lastLine(scores))
process.exitCode = shareOf(sumOf(scores)) >= enough && scores.every(({ proven }) => proven) ? 0 : 1
