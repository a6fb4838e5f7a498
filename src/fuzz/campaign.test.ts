// Goal: a campaign finds each oracle once, keeps what it found before it goes on, and is the same however fast its processes are.

import { expect, test } from 'vitest'
import { createStory } from '../../test/history-builder.ts'
import { campaign, type CampaignOptions } from './campaign.ts'
import type { Case } from './case.ts'
import { blindGuide, guidedGuide } from './guide.ts'
import type { Failure, Outcome, Player } from './player.ts'
import { caseAt, type CasePath } from './path.ts'
import { sampleGround } from './test-ground.ts'

const ground = sampleGround()
const history = createStory().history()

function failure(oracle: string): Failure {
  return { oracle, verdict: 'fail', sentence: `${oracle} is broken.`, hint: 'Mend it.' } as unknown as Failure
}

/** A client that fails `settles-within-promise` where anything hangs, and `stays-alive` where two things go wrong. */
function outcomeOf({ windows }: Case, texts: () => string): Outcome {
  const failed = [
    ...(windows.some(({ kind }) => kind === 'hang') ? [failure('settles-within-promise')] : []),
    ...(windows.length > 2 ? [failure('stays-alive')] : []),
  ]
  const text = texts()
  const trial = { kind: 'tried' as const, history, text, verdicts: [], warm: true }
  const meetings = windows.map(({ kind }) => ({ kind, site: 'GET /contacts/{id}', moment: 'first' as const }))
  return { kind: 'tried', failed, slack: { amplification: 1 / windows.length }, meetings, trial }
}

type Fake = Pick<Player, 'play' | 'textOf'>

function optionsOf(over: Partial<CampaignOptions> = {}, player: Partial<Fake> = {}) {
  const kept: [string, string][] = []
  const fake: Fake = {
    play: async (found) => outcomeOf(found, () => 'the same'),
    textOf: (found, caption) => `${caption?.found?.oracle}: ${found.windows.map(({ name }) => name).join(' ')}`,
    ...player,
  }
  const drawn = (path: CasePath) => caseAt(path, { mode: 'any', seed: '1', ground })
  const options: CampaignOptions = {
    player: fake as Player,
    guide: guidedGuide('1', { index: 0, of: 1 }, drawn),
    quest: {
      by: 'fuzz sample',
      client: 'sdk',
      shipped: true,
      profile: 'default',
      runSeed: '1',
      seed: '1',
      version: '0.1.0',
    },
    caseAt: drawn,
    runs: 200,
    goOn: () => true,
    shrinks: true,
    keep: async (name, text) => {
      kept.push([name, text])
      return `${name}.yaml`
    },
    ...over,
  }
  return { options, kept }
}

test('each oracle that fails is found once, made smaller, and kept both times', async () => {
  const { options, kept } = optionsOf()
  const { findings, runs } = await campaign(options)
  expect(runs).toBe(200)
  expect(findings.map(({ oracle }) => oracle).toSorted()).toEqual(['settles-within-promise', 'stays-alive'])
  const hang = findings.find(({ oracle }) => oracle === 'settles-within-promise')
  expect(hang?.found.windows.map(({ kind }) => kind)).toEqual(['hang'])
  expect(hang?.cases).toBeGreaterThan(1)
  expect(findings.find(({ oracle }) => oracle === 'stays-alive')?.found.windows).toHaveLength(3)
  const names = kept.map(([name]) => name)
  for (const { file } of findings) expect(names.filter((name) => `${name}.yaml` === file).length).toBe(2)
})

test('a campaign that is stopped while it makes a case smaller keeps the smallest until then', async () => {
  let stopped = false
  let smaller = 0
  const { options, kept } = optionsOf(
    {
      keepsMeanwhile: () => true,
      // As it is when somebody stops it: nothing can be played any more.
      goOn: () => !stopped,
      onProgress: ({ shrinking }) => {
        if (shrinking !== undefined && (smaller += 1) > 6) stopped = true
      },
    },
    {
      play: async (found) =>
        stopped ? { kind: 'stopped', end: { kind: 'interrupted' } } : outcomeOf(found, () => 'the same'),
    },
  )
  const { findings } = await campaign(options)
  const [finding] = findings
  expect(finding?.smallest).toBe(false)
  expect(finding?.shrinkTrials).toBeGreaterThan(0)
  expect(JSON.stringify(finding?.found).length).toBeLessThan(JSON.stringify(finding?.original).length)
  expect(kept.length).toBeGreaterThan(3)
  expect(new Set(kept.map(([name]) => `${name}.yaml`))).toEqual(new Set(findings.map(({ file }) => file)))
})

test('the campaign is the same whatever the order in which its processes answer', async () => {
  const slow = async (found: Case) => {
    for (let turn = 0; turn < JSON.stringify(found).length % 7; turn += 1) await Promise.resolve()
    return outcomeOf(found, () => 'the same')
  }
  const [one, other] = [optionsOf(), optionsOf({}, { play: slow })]
  expect(await campaign(other.options)).toEqual(await campaign(one.options))
  expect(other.kept).toEqual(one.kept)
})

test('parts of a campaign draw different cases', () => {
  const firsts = [0, 1, 2].flatMap((index) => blindGuide({ index, of: 3 }).next(5))
  expect(firsts.map(([first]) => first).toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: 15 }, (_, index) => index),
  )
})

test('a case that gives two histories is no failure of the client', async () => {
  let count = 0
  const { options, kept } = optionsOf(
    { runs: 48 },
    { play: async (found) => outcomeOf(found, () => `first\nline ${count++}`) },
  )
  const { findings, flakes } = await campaign(options)
  expect(findings).toEqual([])
  expect(kept).toEqual([])
  expect(flakes[0]).toMatchObject({ line: 2 })
})

test('what only a warm cell showed is counted and not told', async () => {
  const { options, kept } = optionsOf(
    { runs: 48 },
    {
      play: async (found, fresh = false) => {
        const outcome = outcomeOf(found, () => 'the same')
        return fresh && outcome.kind === 'tried' ? { ...outcome, failed: [] } : outcome
      },
    },
  )
  const { findings, retracted } = await campaign(options)
  expect([findings, kept]).toEqual([[], []])
  expect(retracted).toBeGreaterThan(0)
})

test('it stops when it is told to, and tells what ended it', async () => {
  const { options } = optionsOf({ goOn: () => false })
  expect(await campaign(options)).toMatchObject({ runs: 0, findings: [] })
  const end = { kind: 'harness-error' as const, message: 'broken' }
  const broken = optionsOf({}, { play: async () => ({ kind: 'stopped', end }) })
  expect(await campaign(broken.options)).toMatchObject({ runs: 0, end })
})
