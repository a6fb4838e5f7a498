// Which replays an ablation costs. The crew only notes what it is asked to play.

import { expect, test } from 'vitest'
import { createHeader } from '../../test/history-builder.ts'
import { judgedWith, results } from '../../test/golden/report/results.ts'
import { ablate } from './ablation.ts'
import type { Crew } from './crew.ts'
import type { Job } from './job.ts'

async function leftOut(faults: readonly string[], untouched: readonly string[]): Promise<string[]> {
  const asked: string[] = []
  const crew = {
    play: (job: Job) => {
      asked.push(...(job.without ?? []))
      return Promise.resolve({ end: { kind: 'interrupted' }, text: '', warm: false })
    },
  } as unknown as Crew
  const { fail } = results
  const end = judgedWith({ ...(fail?.kind === 'judged' && fail), header: createHeader(), untouched })
  if (end.kind !== 'judged') throw new Error('It is judged.')
  const options = { client: { name: 'sdk', url: 'file:///sdk.ts' }, signal: new AbortController().signal }
  await ablate({ crew, options, spanMs: 1 } as never, {} as never, end, faults)
  return asked
}

test.for<[string, string[], string[], string[]]>([
  ['every fault is left out once', ['loop', 'tail'], [], ['loop', 'tail']],
  ['without one that never met the client all would be the same', ['loop', 'tail', 'page'], ['tail'], ['loop', 'page']],
  ['but what one fault kept the others from is looked at', ['loop', 'tail'], ['tail'], ['loop']],
  ['without its only fault a run is its twin', ['loop'], [], []],
])('%s', async ([, faults, untouched, asked]) => {
  expect(await leftOut(faults, untouched)).toEqual(asked)
})
