// People who ask again, when several processes share the work.

import { expect, test } from 'vitest'
import { replayed } from './replayed.ts'

const scenario = `
scenario: inline
title: Nobody answers
source: { document: a test, date: 2026-04-27, severity: P2 }
run: { from: 11:00Z, until: 11:20Z, instances: 3 }
world: { workspaces: { ours: { region: au } } }
load: { reads: { do: contact.read, every: 20s, impatient: 1s } }
faults: { silence: { kind: hang, from: 11:05Z, until: 11:10Z } }
phases: { silence: 11:05Z, recovery: 11:10Z }
evidence: { documented: {}, assumed: [world, load, faults] }
`

test('who asks again is served by the next process, as behind a load balancer', { timeout: 60_000 }, () => {
  const { history } = replayed(scenario, 'dutiful')
  const asked = history.all('operation.invoked')
  const again = asked.filter(({ repeats }) => repeats !== undefined)
  expect(again.length).toBeGreaterThan(20)
  for (const { operation, instance, repeats } of again) {
    const earlier = asked.filter((one) => one.operation === repeats || one.repeats === repeats)
    const nth = earlier.findIndex((one) => one.operation === operation)
    expect(instance).toBe(((earlier[0]?.instance ?? 0) + nth) % 3)
  }
})
