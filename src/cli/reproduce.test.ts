import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoteWord, reproduceCommand } from './reproduce.ts'

const run = { scenario: 'au-regional-timeout', client: 'sdk', seed: '1', profile: 'default', dropHosts: [] } as const

test.for([
  { changes: {}, own: true, says: 'npm run chaos -- au-regional-timeout --client sdk --seed 1' },
  { changes: {}, own: false, says: 'npx brownout run au-regional-timeout --client sdk --seed 1' },
  {
    changes: { client: './my desk.ts', seed: "it's", profile: 'strict', dropHosts: ['sentry.io', 'x.test'] },
    own: false,
    says: String.raw`npx brownout run au-regional-timeout --client './my desk.ts' --seed 'it'\''s' --profile strict --drop-host sentry.io --drop-host x.test`,
  },
  { changes: { seed: '-1' }, own: true, says: 'npm run chaos -- au-regional-timeout --client sdk --seed=-1' },
] as const)('says $says', ({ changes, own, says }) => {
  expect(reproduceCommand({ ...run, ...changes }, own)).toBe(says)
})

test('a shell reads a quoted word as it was', () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom("'", '"', '$', '`', '\\', ' ', '*', '!', ';', 'a', 'é') }))
  fc.assert(
    fc.property(words, (list) => {
      const script = `printf '%s\\n' "$#" ${list.map(quoteWord).join(' ')}`
      const told = execFileSync('sh', ['-c', script.replace('"$#"', `${list.length}`)], { encoding: 'utf8' })
      expect(told).toBe([String(list.length), ...list].map((line) => `${line}\n`).join(''))
    }),
    { numRuns: 30 },
  )
})
