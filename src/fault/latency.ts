// Latency: an answer is right but late, by a fixed delay, one with jitter, or one drawn from a long-tailed distribution.
// The client sees a slower service, nothing else; a shape scales the delay itself, so a ramp is a service that gets slower.

import { z } from 'zod'
import { formatDuration } from '#clock/instant.ts'
import type { Prng } from '#random/prng.ts'
import { defineFault } from './fault.ts'
import { durationMs } from './units.ts'

const positiveMs = durationMs.refine((duration) => duration > 0, { error: 'a delay of nothing changes nothing' })
const distribution = z
  .strictObject({ median: positiveMs, p99: positiveMs })
  .refine(({ median, p99 }) => p99 >= median, { error: 'the p99 is at least the median', path: ['p99'] })
  .describe('Log-normal: half of the delays are below the median, 1% above the p99.')

const schema = z
  .strictObject({
    delay: z
      .union([positiveMs, distribution], {
        error: ({ input }) =>
          input === undefined
            ? 'a delay is needed here, such as "2s" or { median: 300ms, p99: 4s }'
            : `${JSON.stringify(input)} is not a delay such as "2s" or { median: 300ms, p99: 4s }`,
      })
      .describe('A duration, or a distribution of durations.'),
    jitter: durationMs.optional().describe('A fixed delay varies by up to this much, to either side, uniformly.'),
  })
  .refine(({ delay, jitter }) => jitter === undefined || (typeof delay === 'number' && jitter <= delay), {
    error: 'jitter goes with a fixed delay and is at most as long',
    path: ['jitter'],
  })

type Params = z.infer<typeof schema>

export const latency = defineFault({
  kind: 'latency',
  acts: 'decides',
  shapes: 'magnitude',
  schema,
  effects: () => ['none'],
  explain,
  decide: (params, _exchange, _effect, intensity, random) => {
    const ms = draw(params, random) * intensity
    return ms > 0 ? { kind: 'delay', ms } : { kind: 'pass' }
  },
})

function explain({ delay, jitter = 0 }: Params): string {
  if (typeof delay !== 'number')
    return `Answers are late by ${formatDuration(delay.median)} in the median and ${formatDuration(delay.p99)} in the 99th percentile.`
  if (jitter === 0) return `Answers are late by ${formatDuration(delay)}.`
  return `Answers are late by ${formatDuration(delay - jitter)} to ${formatDuration(delay + jitter)}.`
}

function draw({ delay, jitter = 0 }: Params, random: Prng): number {
  if (typeof delay !== 'number') return logNormal(delay.median, delay.p99, random)
  return jitter === 0 ? delay : delay + (2 * random.next() - 1) * jitter
}

/** The 99th percentile of the standard normal distribution. */
const z99 = 2.326347874040841

function logNormal(median: number, p99: number, random: Prng): number {
  const sigma = Math.log(p99 / median) / z99
  // Box-Muller; 1 - next() because the logarithm of 0 is not a number of anything.
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  return median * Math.exp(sigma * normal)
}
