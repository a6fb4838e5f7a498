// A process that tries one mutant after the other: the file is replaced while vitest loads it, so nothing is ever written to the
// working tree. Its parent ends it when a mutant never ends.

import { createVitest, type TestSpecification } from 'vitest/node'

export type Trial = {
  /** Both absolute. */
  readonly file: string
  readonly tests: readonly string[]
  /** `null`: as it is. */
  readonly text: string | null
  /** Only tests whose name contains this; `null` for all. */
  readonly named: string | null
}

export type TrialEnd = {
  readonly noticed: boolean
  /** Tests that ran. */
  readonly ran: number
  /** Files with a test that failed. */
  readonly failed: readonly string[]
}

let current: Trial | undefined

const vitest = await createVitest(
  {
    watch: false,
    pool: 'threads',
    maxWorkers: 1,
    isolate: true,
    bail: 1,
    update: false,
    fsModuleCache: false,
    reporters: [{}],
    testTimeout: 10_000,
  },
  {
    logLevel: 'silent',
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        load: (id) => (current?.text && id.replace(/\?.*$/u, '') === current.file ? current.text : undefined),
      },
    ],
  },
)

/** Every specification that was asked for, by its file. */
const known = new Map<string, TestSpecification>()

async function specificationsOf(tests: readonly string[]): Promise<TestSpecification[]> {
  const missing = tests.filter((test) => !known.has(test))
  if (missing.length > 0)
    for (const one of await vitest.globTestSpecifications([...missing])) known.set(one.moduleId, one)
  return tests.flatMap((test) => known.get(test) ?? [])
}

async function attempt(trial: Trial): Promise<TrialEnd> {
  current = trial
  vitest.invalidateFile(trial.file)
  // What failed in earlier trials counts towards `bail`, and would end this one before it began.
  vitest.state.filesMap.clear()
  if (trial.named === null) vitest.resetGlobalTestNamePattern()
  else vitest.setGlobalTestNamePattern(trial.named)
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(await specificationsOf(trial.tests))
  vitest.invalidateFile(trial.file)
  const tests = testModules.flatMap((module) => [...module.children.allTests()])
  const failed = testModules.filter((module) => !module.ok()).map(({ moduleId }) => moduleId)
  const ran = tests.filter((one) => one.result().state !== 'skipped').length
  return { noticed: unhandledErrors.length > 0 || failed.length > 0, ran, failed }
}

process.on('message', (trial: Trial) => {
  void attempt(trial).then(
    (end) => process.send?.(end),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
// Whoever waited for the answers is gone.
process.on('disconnect', () => process.exit())
process.send?.('ready')
