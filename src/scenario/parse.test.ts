// Every mistake a person can make in a scenario, and the words in which it is told.

import { expect, test } from 'vitest'
import { parseData } from './parse.ts'
import { edited, sample, told } from './sample.ts'
import { dataOf } from './write.ts'

test('the sample itself is fine', () => {
  expect(told(sample)).toBe('fine')
})

test('data that is no scenario is told of like its text', () => {
  const { armed, ...rest } = dataOf(sample)
  const arming = { ...rest, arming: armed }
  expect(() => parseData(arming, 'sample.yaml')).toThrow('unknown key `arming` in a scenario')
  expect(() => parseData({ ...rest, phases: { onset: '09:00Z' } }, 'sample.yaml')).toThrow(
    'the phase `recovery` is missing',
  )
  expect(parseData(dataOf(sample), 'sample.yaml').name).toBe('sample')
})

test('an unknown key at the top', () => {
  expect(told(edited(['armed:', 'arming:']))).toMatchInlineSnapshot(`
    "sample.yaml:24:1: unknown key \`arming\` in a scenario
       24 | arming: { faultHits: 5, unansweredFor: 1s }
          | ^^^^^^
    Did you mean \`armed\`?"
  `)
})

test('an unknown key in a load', () => {
  expect(told(edited(['rate: 12/min', 'raet: 12/min']))).toMatchInlineSnapshot(`
    "sample.yaml:10:30: unknown key \`raet\` in \`load.reads\`
       10 |   reads: { do: contact.read, raet: 12/min, impatient: 5s }
          |                              ^^^^
    Did you mean \`rate\`?"
  `)
})

test('a key in another case', () => {
  expect(told(edited(['statusPage:', 'status_page:']))).toMatchInlineSnapshot(`
    "sample.yaml:15:1: unknown key \`status_page\` in a scenario
       15 | status_page:
          | ^^^^^^^^^^^
    Did you mean \`statusPage\`?"
  `)
})

test('a missing section', () => {
  expect(told(edited(['phases: { onset: 11:10Z, recovery: 11:30Z }\n', '']))).toMatchInlineSnapshot(`
    "sample.yaml:1:1: \`phases\` is missing
        1 | scenario: sample
          | ^^^^^^^^^^^^^^^^"
  `)
})

test('a missing field', () => {
  expect(told(edited([', severity: P2', '']))).toMatchInlineSnapshot(`
    "sample.yaml:3:1: \`source.severity\` is missing
        3 | source: { document: seeds/000, date: 2026-04-27 }
          | ^^^^^^"
  `)
})

test('a missing duration', () => {
  expect(told(edited([', serviceTime: 60ms', '']))).toMatchInlineSnapshot(`
    "sample.yaml:8:5: \`world.fleets.au-rest.serviceTime\` is missing
        8 |     au-rest: { workers: 4, queue: 100, otherTenants: 20/s, abandoned: served }
          |     ^^^^^^^
    Write one such as 20s, 250ms or 1h30m."
  `)
})

test('a duration without a unit', () => {
  expect(told(edited(['impatient: 5s', 'impatient: 5']))).toMatchInlineSnapshot(`
    "sample.yaml:10:55: \`load.reads.impatient\`: 5 is not a duration such as "20s", "250ms" or "1h30m"
       10 |   reads: { do: contact.read, rate: 12/min, impatient: 5 }
          |                                                       ^
    Did you mean \`5s\`?"
  `)
})

test('a duration in words', () => {
  expect(told(edited(['impatient: 5s', 'impatient: 5 sec']))).toMatchInlineSnapshot(`
    "sample.yaml:10:55: \`load.reads.impatient\`: "5 sec" is not a duration such as "20s", "250ms" or "1h30m"
       10 |   reads: { do: contact.read, rate: 12/min, impatient: 5 sec }
          |                                                       ^^^^^
    Did you mean \`5s\`?"
  `)
})

test('a rate without a unit', () => {
  expect(told(edited(['rate: 12/min', 'rate: 12']))).toMatchInlineSnapshot(`
    "sample.yaml:10:36: \`load.reads.rate\`: 12 is not a rate such as "1/s", "12/min" or "90/h"
       10 |   reads: { do: contact.read, rate: 12, impatient: 5s }
          |                                    ^^
    Did you mean \`12/min\` or \`12/s\`?"
  `)
})

test('a share without a percent sign', () => {
  expect(told(edited(['share: 50%', 'share: 0.5']))).toMatchInlineSnapshot(`
    "sample.yaml:14:95: \`faults.loss.share\`: 0.5 is not a share such as "25%", "0.5%" or "100%"
       14 | ...11:20Z, until: 11:30Z, share: 0.5 }
          |                                  ^^^
    Did you mean \`50%\`?"
  `)
})

test('a share above everything', () => {
  expect(told(edited(['share: 50%', 'share: 150%']))).toMatchInlineSnapshot(`
    "sample.yaml:14:95: \`faults.loss.share\`: "150%" is not a share such as "25%", "0.5%" or "100%"
       14 | ...11:20Z, until: 11:30Z, share: 150% }
          |                                  ^^^^"
  `)
})

test('a time without a zone', () => {
  expect(told(edited(['from: 11:10Z', 'from: 11:10']))).toMatchInlineSnapshot(`
    "sample.yaml:13:55: \`faults.slow.from\` must be a time such as 11:14Z or 2026-04-27 11:14Z, not "11:10"
       13 |   slow: { kind: latency, where: { region: au }, from: 11:10, until: 11:20Z, with: { delay: 2s } }
          |                                                       ^^^^^"
  `)
})

test('a time that does not exist', () => {
  expect(told(edited(['from: 11:10Z', 'from: 25:10Z']))).toMatchInlineSnapshot(`
    "sample.yaml:13:55: \`faults.slow.from\` must be a time such as 11:14Z or 2026-04-27 11:14Z, not "25:10Z"
       13 |   slow: { kind: latency, where: { region: au }, from: 25:10Z, until: 11:20Z, with: { delay: 2s } }
          |                                                       ^^^^^^"
  `)
})

test('a date that does not exist', () => {
  expect(told(edited(['date: 2026-04-27', 'date: 2026-02-30']))).toMatchInlineSnapshot(`
    "sample.yaml:3:38: \`source.date\` must be a date such as 2026-04-27, not "2026-02-30"
        3 | source: { document: seeds/000, date: 2026-02-30, severity: P2 }
          |                                      ^^^^^^^^^^"
  `)
})

test('a value outside of a choice', () => {
  expect(told(edited(['abandoned: served', 'abandoned: serve']))).toMatchInlineSnapshot(`
    "sample.yaml:8:90: \`world.fleets.au-rest.abandoned\` must be served or dropped, not "serve"
        8 | ...therTenants: 20/s, abandoned: serve }
          |                                  ^^^^^
    Did you mean \`served\`?"
  `)
})

test('half a worker', () => {
  expect(told(edited(['workers: 4', 'workers: 4.5']))).toMatchInlineSnapshot(`
    "sample.yaml:8:25: \`world.fleets.au-rest.workers\` must be a whole number from 1 to 100000, not the number 4.5
        8 |     au-rest: { workers: 4.5, serviceTime: 60ms, queue: 100, otherTenants: 20/s, abandoned: served }
          |                         ^^^"
  `)
})

test('a list where a map belongs', () => {
  expect(told(edited(['{ faults.slow: it was slow }', '[faults.slow]']))).toMatchInlineSnapshot(`
    "sample.yaml:22:15: \`evidence.documented\` must be a map, not a list
       22 |   documented: [faults.slow]
          |               ^^^^^^^^^^^^^"
  `)
})

test('a name with a space', () => {
  expect(told(edited(['  slow: { kind', '  slow answers: { kind']))).toMatchInlineSnapshot(`
    "sample.yaml:13:3: the name \`slow answers\` must be a word of letters, digits and dashes that starts with a small letter
       13 |   slow answers: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |   ^^^^^^^^^^^^"
  `)
})

test('a scenario is called what people call it, such as 429-storm', () => {
  expect(told(edited(['scenario: sample', 'scenario: 429-storm']))).toBe('fine')
  expect(told(edited(['scenario: sample', 'scenario: -storm']))).toMatchInlineSnapshot(`
    "sample.yaml:1:11: \`scenario\` must be a word of letters, digits and dashes that starts with a small letter or a digit, not "-storm"
        1 | scenario: -storm
          |           ^^^^^^"
  `)
})

test('a title that is a number', () => {
  expect(told(edited(['title: The API is slow', 'title: 2026']))).toMatchInlineSnapshot(`
    "sample.yaml:2:8: \`title\` must be a text of at most 600 characters, not the number 2026
        2 | title: 2026
          |        ^^^^"
  `)
})

test('a run that ends before it starts', () => {
  expect(told(edited(['until: 12:00Z', 'until: 01:00Z']))).toMatchInlineSnapshot(`
    "sample.yaml:4:29: the run ends at 01:00Z, which is not after its start at 11:00Z
        4 | run: { from: 11:00Z, until: 01:00Z }
          |                             ^^^^^^
    Where a run crosses midnight, write the date too: 2026-04-28 01:00Z."
  `)
})

test('a world without workspaces', () => {
  expect(told(edited(['{ ours: { region: au }, sibling: { region: us } }', '{}']))).toMatchInlineSnapshot(`
    "sample.yaml:6:3: the world has no workspace
        6 |   workspaces: {}
          |   ^^^^^^^^^^
    A client needs one to work for.
    sample.yaml:11:55: \`load.control\` is about the unknown workspace \`sibling\`
       11 |   control: { do: contact.read, every: 30s, workspace: sibling }
          |                                                       ^^^^^^^
    There are no workspaces.
    sample.yaml:13:43: the fault \`slow\` can match nothing: no workspace is hosted in the region \`au\`
       13 |   slow: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                                           ^^
    Known regions: global.
    sample.yaml:14:48: the fault \`loss\` can match nothing: no workspace is hosted in the region \`au\`
       14 |   loss: { kind: capacity-loss, where: { fleet: au-rest }, from: 11:20Z, until: 11:30Z, share: 50% }
          |                                                ^^^^^^^
    Known fleets: global."
  `)
})

test('an unknown region', () => {
  expect(told(edited(['region: us', 'region: uk']))).toMatchInlineSnapshot(`
    "sample.yaml:6:58: \`world.workspaces.sibling.region\` must be us, eu or au, not "uk"
        6 |   workspaces: { ours: { region: au }, sibling: { region: uk } }
          |                                                          ^^
    Did you mean \`us\`?"
  `)
})

test('a fleet in no region', () => {
  expect(told(edited(['au-rest: {', 'ap-rest: {']))).toMatchInlineSnapshot(`
    "sample.yaml:8:5: the fleet \`ap-rest\` is in no known region
        8 |     ap-rest: { workers: 4, serviceTime: 60ms, queue: 100, otherTenants: 20/s, abandoned: served }
          |     ^^^^^^^
    Did you mean \`au\`?
    sample.yaml:14:48: the fault \`loss\` can match nothing: the world has no fleet \`au-rest\`
       14 |   loss: { kind: capacity-loss, where: { fleet: au-rest }, from: 11:20Z, until: 11:30Z, share: 50% }
          |                                                ^^^^^^^
    Did you mean \`ap-rest\`?"
  `)
})

test('a fleet that is not named after its region and product', () => {
  expect(told(edited(['    au-rest: {', '    rest: {']))).toMatchInlineSnapshot(`
    "sample.yaml:8:5: the name \`rest\` must be <region>-<product>, such as au-rest
        8 |     rest: { workers: 4, serviceTime: 60ms, queue: 100, otherTenants: 20/s, abandoned: served }
          |     ^^^^"
  `)
})

test('an unknown operation', () => {
  expect(told(edited(['do: contact.read, rate', 'do: contacts.read, rate']))).toMatchInlineSnapshot(`
    "sample.yaml:10:16: \`load.reads.do\` asks for the unknown operation \`contacts.read\`
       10 |   reads: { do: contacts.read, rate: 12/min, impatient: 5s }
          |                ^^^^^^^^^^^^^
    Did you mean \`contact.read\`?"
  `)
})

test('a load for an unknown workspace', () => {
  expect(told(edited(['workspace: sibling', 'workspace: siblings']))).toMatchInlineSnapshot(`
    "sample.yaml:11:55: \`load.control\` is about the unknown workspace \`siblings\`
       11 |   control: { do: contact.read, every: 30s, workspace: siblings }
          |                                                       ^^^^^^^^
    Did you mean \`sibling\`?"
  `)
})

test('a load without a rhythm', () => {
  expect(told(edited(['every: 30s, ', '']))).toMatchInlineSnapshot(`
    "sample.yaml:11:3: \`load.control\` says neither \`rate\` nor \`every\`
       11 |   control: { do: contact.read, workspace: sibling }
          |   ^^^^^^^
    \`rate: 12/min\` asks at random moments, \`every: 20s\` regularly."
  `)
})

test('a load with two rhythms', () => {
  expect(told(edited(['every: 30s', 'every: 30s, rate: 2/min']))).toMatchInlineSnapshot(`
    "sample.yaml:11:32: \`load.control\` says both \`rate\` and \`every\`
       11 |   control: { do: contact.read, every: 30s, rate: 2/min, workspace: sibling }
          |                                ^^^^^
    \`rate: 12/min\` asks at random moments, \`every: 20s\` regularly."
  `)
})

test('a load beyond the limit', () => {
  expect(told(edited(['rate: 12/min', 'rate: 900000/s']))).toMatchInlineSnapshot(`
    "sample.yaml:10:36: \`load.reads\` asks more than 1000000 times in this run
       10 |   reads: { do: contact.read, rate: 900000/s, impatient: 5s }
          |                                    ^^^^^^^^
    Ask less often, or shorten the run."
  `)
})

test('a load that never asks', () => {
  expect(told(edited(['every: 30s', 'every: 5h']))).toMatchInlineSnapshot(`
    "sample.yaml:11:3: \`load.control\` asks less than once in this run
       11 |   control: { do: contact.read, every: 5h, workspace: sibling }
          |   ^^^^^^^
    Ask more often, or lengthen the run."
  `)
})

test('a strange way to pick', () => {
  expect(told(edited(['rate: 12/min', 'rate: 12/min, pick: zipf 400']))).toMatchInlineSnapshot(`
    "sample.yaml:10:50: \`load.reads.pick\` must be such as "zipf of 400" or "uniform of 50", not "zipf 400"
       10 |   reads: { do: contact.read, rate: 12/min, pick: zipf 400, impatient: 5s }
          |                                                  ^^^^^^^^"
  `)
})

test('walking away before being impatient', () => {
  expect(told(edited(['impatient: 5s', 'impatient: 5s, cancelAfter: 2s']))).toMatchInlineSnapshot(`
    "sample.yaml:10:72: \`load.reads\` walks away before it becomes impatient
       10 |   reads: { do: contact.read, rate: 12/min, impatient: 5s, cancelAfter: 2s }
          |                                                                        ^^
    Remove one of the two."
  `)
})

test('a phase before the start', () => {
  expect(told(edited(['onset: 11:10Z', 'onset: 10:10Z']))).toMatchInlineSnapshot(`
    "sample.yaml:18:18: \`phases.onset\` is at 10:10Z, before the run starts at 11:00Z
       18 | phases: { onset: 10:10Z, recovery: 11:30Z }
          |                  ^^^^^^"
  `)
})

test('a phase after the end', () => {
  expect(told(edited(['recovery: 11:30Z', 'recovery: 13:30Z']))).toMatchInlineSnapshot(`
    "sample.yaml:18:36: \`phases.recovery\` is at 13:30Z, after the run ends at 12:00Z
       18 | phases: { onset: 11:10Z, recovery: 13:30Z }
          |                                    ^^^^^^"
  `)
})

test('phases out of order', () => {
  expect(told(edited(['onset: 11:10Z', 'onset: 11:40Z']))).toMatchInlineSnapshot(`
    "sample.yaml:18:36: the phase \`recovery\` starts at 11:30Z, not after \`onset\` at 11:40Z
       18 | phases: { onset: 11:40Z, recovery: 11:30Z }
          |                                    ^^^^^^
    List phases in the order of their times."
  `)
})

test("a baseline of one's own", () => {
  expect(told(edited(['onset: 11:10Z', 'baseline: 11:01Z, onset: 11:10Z']))).toMatchInlineSnapshot(`
    "sample.yaml:18:11: the phase \`baseline\` is there anyway
       18 | phases: { baseline: 11:01Z, onset: 11:10Z, recovery: 11:30Z }
          |           ^^^^^^^^
    Remove it: the run starts with it."
  `)
})

test('no recovery', () => {
  expect(told(edited([', recovery: 11:30Z', '']))).toMatchInlineSnapshot(`
    "sample.yaml:18:1: the phase \`recovery\` is missing
       18 | phases: { onset: 11:10Z }
          | ^^^^^^
    Every run ends with a \`recovery\`, in which no fault is active."
  `)
})

test('a recovery that is not the last phase', () => {
  expect(told(edited(['recovery: 11:30Z', 'recovery: 11:30Z, after: 11:40Z']))).toMatchInlineSnapshot(`
    "sample.yaml:18:26: the phase \`recovery\` is not the last one
       18 | phases: { onset: 11:10Z, recovery: 11:30Z, after: 11:40Z }
          |                          ^^^^^^^^
    Every run ends with a \`recovery\`, in which no fault is active."
  `)
})

test('no faults', () => {
  expect(told(edited([sample.slice(sample.indexOf('faults:'), sample.indexOf('statusPage:')), 'faults: {}\n'])))
    .toMatchInlineSnapshot(`
      "sample.yaml:12:1: there is no fault
         12 | faults: {}
            | ^^^^^^
      A scenario in which nothing goes wrong has nothing to judge.
      sample.yaml:12:1: \`faults\` is neither documented nor assumed
         12 | faults: {}
            | ^^^^^^
      List it, or a parent of it, under \`evidence\`.
      sample.yaml:20:17: the evidence names \`faults.slow\`, which is not in this file
         20 |   documented: { faults.slow: it was slow }
            |                 ^^^^^^^^^^^
      Did you mean \`faults\`?
      sample.yaml:21:26: the evidence names \`faults.loss\`, which is not in this file
         21 |   assumed: [world, load, faults.loss]
            |                          ^^^^^^^^^^^
      Did you mean \`faults\`?"
    `)
})

test('an unknown kind of fault', () => {
  expect(told(edited(['kind: latency', 'kind: latancy']))).toMatchInlineSnapshot(`
    "sample.yaml:13:17: there is no kind of fault \`latancy\`
       13 |   slow: { kind: latancy, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                 ^^^^^^^
    Did you mean \`latency\`?"
  `)
})

test('an unknown parameter', () => {
  expect(told(edited(['with: { delay: 2s }', 'with: { delay: 2s, jiter: 1s }']))).toMatchInlineSnapshot(`
    "sample.yaml:13:97: unknown key \`jiter\` in \`faults.slow.with\`
       13 | ...l: 11:20Z, with: { delay: 2s, jiter: 1s } }
          |                                  ^^^^^
    Did you mean \`jitter\`?"
  `)
})

test('a parameter of the wrong form', () => {
  expect(told(edited(['with: { delay: 2s }', 'with: { delay: fast }']))).toMatchInlineSnapshot(`
    "sample.yaml:13:93: \`faults.slow.with.delay\`: "fast" is not a duration such as "20s", "250ms" or "1h30m"
       13 | ...until: 11:20Z, with: { delay: fast } }
          |                                  ^^^^"
  `)
})

test('missing parameters', () => {
  expect(told(edited([', with: { delay: 2s }', '']))).toMatchInlineSnapshot(`
    "sample.yaml:13:3: \`faults.slow.with.delay\` is missing
       13 |   slow: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z }
          |   ^^^^
    Write one such as 20s, 250ms or 1h30m."
  `)
})

test('a fault that ends before it starts', () => {
  expect(told(edited(['from: 11:10Z, until: 11:20Z', 'from: 11:20Z, until: 11:10Z']))).toMatchInlineSnapshot(`
    "sample.yaml:13:70: the fault \`slow\` ends at 11:10Z, which is not after its start at 11:20Z
       13 |   slow: { kind: latency, where: { region: au }, from: 11:20Z, until: 11:10Z, with: { delay: 2s } }
          |                                                                      ^^^^^^"
  `)
})

test('a fault outside of the run', () => {
  expect(told(edited(['from: 11:10Z, until: 11:20Z', 'from: 10:10Z, until: 13:20Z']))).toMatchInlineSnapshot(`
    "sample.yaml:13:55: \`faults.slow.from\` is at 10:10Z, before the run starts at 11:00Z
       13 |   slow: { kind: latency, where: { region: au }, from: 10:10Z, until: 13:20Z, with: { delay: 2s } }
          |                                                       ^^^^^^
    sample.yaml:13:70: \`faults.slow.until\` is at 13:20Z, after the run ends at 12:00Z
       13 |   slow: { kind: latency, where: { region: au }, from: 10:10Z, until: 13:20Z, with: { delay: 2s } }
          |                                                                      ^^^^^^"
  `)
})

test('a fault that starts with the run', () => {
  expect(told(edited(['from: 11:10Z, until', 'from: 11:00Z, until']))).toMatchInlineSnapshot(`
    "sample.yaml:13:55: the fault \`slow\` starts with the run
       13 |   slow: { kind: latency, where: { region: au }, from: 11:00Z, until: 11:20Z, with: { delay: 2s } }
          |                                                       ^^^^^^
    Start the run earlier: the baseline before the first fault is what the rest is compared with."
  `)
})

test('a fault in the recovery', () => {
  expect(told(edited(['from: 11:20Z, until: 11:30Z', 'from: 11:20Z, until: 11:31Z']))).toMatchInlineSnapshot(`
    "sample.yaml:14:80: the fault \`loss\` ends at 11:31Z, but the recovery starts at 11:30Z
       14 |   loss: { kind: capacity-loss, where: { fleet: au-rest }, from: 11:20Z, until: 11:31Z, share: 50% }
          |                                                                                ^^^^^^
    No fault is active in the recovery."
  `)
})

test('a ramp longer than its fault', () => {
  expect(told(edited(['with: { delay: 2s }', 'ramp: 11m, with: { delay: 2s }']))).toMatchInlineSnapshot(`
    "sample.yaml:13:84: the fault \`slow\` rises for 11m but lasts only 10m
       13 | ... 11:10Z, until: 11:20Z, ramp: 11m, with: { delay: 2s } }
          |                                  ^^^"
  `)
})

test('a fault with two shapes', () => {
  expect(told(edited(['with: { delay: 2s }', 'ramp: 1m, square: { period: 1m, on: 50% }, with: { delay: 2s }'])))
    .toMatchInlineSnapshot(`
    "sample.yaml:13:88: a fault has one shape, but this one has \`ramp\` and \`square\`
       13 | ...10Z, until: 11:20Z, ramp: 1m, square: { period: 1m, on: 50% }, with: { delay: 2s } }
          |                                  ^^^^^^
    Remove one of the two, or make two faults of it between 11:10Z and 11:20Z."
  `)
})

test('a fault in a region without a workspace', () => {
  expect(told(edited(['where: { region: au }', 'where: { region: eu }']))).toMatchInlineSnapshot(`
    "sample.yaml:13:43: the fault \`slow\` can match nothing: no workspace is hosted in the region \`eu\`
       13 |   slow: { kind: latency, where: { region: eu }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                                           ^^
    Did you mean \`au\`?"
  `)
})

test('a fault on a fleet that is not in the world', () => {
  expect(told(edited(['where: { fleet: au-rest }', 'where: { fleet: au-rst }']))).toMatchInlineSnapshot(`
    "sample.yaml:14:48: the fault \`loss\` can match nothing: the world has no fleet \`au-rst\`
       14 |   loss: { kind: capacity-loss, where: { fleet: au-rst }, from: 11:20Z, until: 11:30Z, share: 50% }
          |                                                ^^^^^^
    Did you mean \`au-rest\`?"
  `)
})

test('a fault on a fleet that serves no workspace', () => {
  expect(
    told(edited(['ours: { region: au }', 'ours: { region: eu }'], ['where: { region: au }', 'where: { region: eu }'])),
  ).toMatchInlineSnapshot(`
    "sample.yaml:14:48: the fault \`loss\` can match nothing: no workspace is hosted in the region \`au\`
       14 |   loss: { kind: capacity-loss, where: { fleet: au-rest }, from: 11:20Z, until: 11:30Z, share: 50% }
          |                                                ^^^^^^^
    Did you mean \`eu\`?"
  `)
})

test('a fault on an unknown workspace', () => {
  expect(told(edited(['where: { region: au }', 'where: { workspace: theirs }']))).toMatchInlineSnapshot(`
    "sample.yaml:13:46: the fault \`slow\` can match nothing: the world has no workspace \`theirs\`
       13 |   slow: { kind: latency, where: { workspace: theirs }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                                              ^^^^^^
    Known workspaces: ours, sibling."
  `)
})

test('a fault on an unknown method', () => {
  expect(told(edited(['where: { region: au }', 'where: { method: FETCH }']))).toMatchInlineSnapshot(`
    "sample.yaml:13:33: the fault \`slow\` makes no sense: "FETCH" is not an HTTP method; use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS
       13 |   slow: { kind: latency, where: { method: FETCH }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                                 ^^^^^^^^^^^^^^^^^"
  `)
})

test('a fault on a route that is none', () => {
  expect(told(edited(['where: { region: au }', 'where: { route: contacts }']))).toMatchInlineSnapshot(`
    "sample.yaml:13:33: the fault \`slow\` makes no sense: "contacts" is not a route; write a template as in "/contacts/{id}", or a prefix as in "/contacts/*"
       13 |   slow: { kind: latency, where: { route: contacts }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                                 ^^^^^^^^^^^^^^^^^^^"
  `)
})

test('a fault on an unknown route', () => {
  expect(told(edited(['where: { region: au }', `where: { route: '/contact/{id}' }`]))).toMatchInlineSnapshot(`
    "sample.yaml:13:42: the fault \`slow\` can match nothing: no service has the route \`/contact/{id}\`
       13 |   slow: { kind: latency, where: { route: '/contact/{id}' }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                                          ^^^^^^^^^^^^^^^
    Did you mean \`/contacts/{id}\`?"
  `)
})

test('a fault on a method that the route does not have', () => {
  expect(told(edited(['where: { region: au }', 'where: { route: /me, method: post }']))).toMatchInlineSnapshot(`
    "sample.yaml:13:55: the fault \`slow\` can match nothing: no service has a POST /me
       13 |   slow: { kind: latency, where: { route: /me, method: post }, from: 11:10Z, until: 11:20Z, with: { delay: 2s }...
          |                                                       ^^^^
    Known methods: GET."
  `)
})

test('a fault on fleets, scoped by route', () => {
  expect(told(edited(['where: { fleet: au-rest }', 'where: { fleet: au-rest, route: /contacts }'])))
    .toMatchInlineSnapshot(`
      "sample.yaml:14:39: the fault \`loss\` makes no sense: a capacity-loss acts on whole fleets and cannot be scoped by "route"; use region, product or fleet
         14 |   loss: { kind: capacity-loss, where: { fleet: au-rest, route: /contacts }, from: 11:20Z, until: 11:30Z, share...
            |                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    `)
})

test('a scope that contradicts itself', () => {
  expect(told(edited(['where: { fleet: au-rest }', 'where: { fleet: au-rest, region: us }']))).toMatchInlineSnapshot(`
    "sample.yaml:14:39: the fault \`loss\` makes no sense: the fleet "au-rest" is not in the region "us", so the fault can match nothing
       14 |   loss: { kind: capacity-loss, where: { fleet: au-rest, region: us }, from: 11:20Z, until: 11:30Z, share: 50% ...
          |                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
  `)
})

test('a fault with a share of nothing', () => {
  expect(told(edited(['share: 50%', 'share: 0%']))).toMatchInlineSnapshot(`
    "sample.yaml:14:95: the fault \`loss\` makes no sense: a fault with a share of 0% can match nothing
       14 | ...11:20Z, until: 11:30Z, share: 0% }
          |                                  ^^"
  `)
})

test('an effect that the kind cannot have', () => {
  expect(told(edited(['share: 50%', 'share: 50%, effect: committed']))).toMatchInlineSnapshot(`
    "sample.yaml:14:108: the fault \`loss\` makes no sense: a capacity-loss of this form cannot have "effect: committed", only none
       14 | ...: 11:30Z, share: 50%, effect: committed }
          |                                  ^^^^^^^^^"
  `)
})

test('overlapping faults of one kind and scope', () => {
  expect(
    told(
      edited(
        [
          '  loss:',
          '  slower: { kind: latency, where: { region: au }, from: 11:15Z, until: 11:18Z, with: { delay: 5s } }\n  loss:',
        ],
        ['assumed: [', 'assumed: [faults.slower, '],
      ),
    ),
  ).toMatchInlineSnapshot(`
    "sample.yaml:14:3: the faults \`slow\` and \`slower\` overlap from 11:15Z to 11:18Z
       14 |   slower: { kind: latency, where: { region: au }, from: 11:15Z, until: 11:18Z, with: { delay: 5s } }
          |   ^^^^^^
    Two faults of one kind (latency) with the same \`where\` must not be active together: make one of them, or separate their times."
  `)
})

test('an incident that is opened twice', () => {
  expect(
    told(
      edited([
        '  - { at: 11:35Z',
        '  - { at: 11:20Z, open: slow-api, title: Slow API, component: Messenger, impact: major }\n  - { at: 11:35Z',
      ]),
    ),
  ).toMatchInlineSnapshot(`
    "sample.yaml:17:25: the incident \`slow-api\` was already opened at 11:15Z
       17 |   - { at: 11:20Z, open: slow-api, title: Slow API, component: Messenger, impact: major }
          |                         ^^^^^^^^
    An incident is opened once; give a relapse a name of its own."
  `)
})

test('an incident that is resolved twice', () => {
  expect(told(edited(['phases:', '  - { at: 11:36Z, resolve: slow-api }\nphases:']))).toMatchInlineSnapshot(`
    "sample.yaml:18:28: the incident \`slow-api\` was already resolved at 11:35Z
       18 |   - { at: 11:36Z, resolve: slow-api }
          |                            ^^^^^^^^"
  `)
})

test('an incident that is resolved before it is opened', () => {
  expect(told(edited(['statusPage:', 'statusPage:\n  - { at: 11:05Z, resolve: slow-api }']))).toMatchInlineSnapshot(`
    "sample.yaml:16:28: the incident \`slow-api\` is resolved before it is opened
       16 |   - { at: 11:05Z, resolve: slow-api }
          |                            ^^^^^^^^
    sample.yaml:18:28: the incident \`slow-api\` was already resolved at 11:05Z
       18 |   - { at: 11:35Z, resolve: slow-api }
          |                            ^^^^^^^^"
  `)
})

test('an incident that was never opened', () => {
  expect(told(edited(['resolve: slow-api', 'resolve: slow-apis']))).toMatchInlineSnapshot(`
    "sample.yaml:17:28: the incident \`slow-apis\` was never opened
       17 |   - { at: 11:35Z, resolve: slow-apis }
          |                            ^^^^^^^^^
    Did you mean \`slow-api\`?"
  `)
})

test('status changes out of order', () => {
  expect(told(edited(['at: 11:35Z, resolve', 'at: 11:14Z, resolve']))).toMatchInlineSnapshot(`
    "sample.yaml:17:11: this change is at 11:14Z, before the one above it
       17 |   - { at: 11:14Z, resolve: slow-api }
          |           ^^^^^^
    List changes in the order of their times."
  `)
})

test('a status change that is neither', () => {
  expect(told(edited(['resolve: slow-api', 'resolved: slow-api']))).toMatchInlineSnapshot(`
    "sample.yaml:17:5: \`statusPage.1.resolve\` is missing
       17 |   - { at: 11:35Z, resolved: slow-api }
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    sample.yaml:17:19: unknown key \`resolved\` in \`statusPage.1\`
       17 |   - { at: 11:35Z, resolved: slow-api }
          |                   ^^^^^^^^
    Did you mean \`resolve\`?"
  `)
})

test('facts out of order', () => {
  expect(told(edited(['timeline:', 'timeline:\n  - { at: 11:32Z, fact: Later. }']))).toMatchInlineSnapshot(`
    "sample.yaml:21:11: this fact is from 11:10Z, the one above it from 11:32Z
       21 |   - { at: 11:10Z, fact: It becomes slow. }
          |           ^^^^^^
    List facts in the order of their times."
  `)
})

test('evidence for an unknown fault', () => {
  expect(told(edited(['faults.slow: it was slow', 'faults.slwo: it was slow']))).toMatchInlineSnapshot(`
    "sample.yaml:13:3: \`faults.slow\` is neither documented nor assumed
       13 |   slow: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |   ^^^^
    List it, or a parent of it, under \`evidence\`.
    sample.yaml:22:17: the evidence names \`faults.slwo\`, which is not in this file
       22 |   documented: { faults.slwo: it was slow }
          |                 ^^^^^^^^^^^
    Did you mean \`faults.slow\`?"
  `)
})

test('evidence for a field that is not there', () => {
  expect(told(edited(['faults.slow: it', 'faults.slow.ramp: it']))).toMatchInlineSnapshot(`
    "sample.yaml:13:3: \`faults.slow\` is neither documented nor assumed
       13 |   slow: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |   ^^^^
    List it, or a parent of it, under \`evidence\`.
    sample.yaml:22:17: the evidence names \`faults.slow.ramp\`, which is not in this file
       22 |   documented: { faults.slow.ramp: it was slow }
          |                 ^^^^^^^^^^^^^^^^
    Did you mean \`faults.slow.from\`?"
  `)
})

test('a path without evidence', () => {
  expect(told(edited(['load, faults.loss', 'faults.loss']))).toMatchInlineSnapshot(`
    "sample.yaml:9:1: \`load\` is neither documented nor assumed
        9 | load:
          | ^^^^
    List it, or a parent of it, under \`evidence\`."
  `)
})

test('fields without evidence', () => {
  expect(told(edited(['faults.slow: it', 'faults.slow.from: it']))).toMatchInlineSnapshot(`
    "sample.yaml:13:11: \`faults.slow.kind\` is neither documented nor assumed
       13 |   slow: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |           ^^^^
    List it, or a parent of it, under \`evidence\`.
    sample.yaml:13:26: \`faults.slow.where\` is neither documented nor assumed
       13 |   slow: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                          ^^^^^
    List it, or a parent of it, under \`evidence\`.
    sample.yaml:13:63: \`faults.slow.until\` is neither documented nor assumed
       13 |   slow: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                                                               ^^^^^
    List it, or a parent of it, under \`evidence\`.
    sample.yaml:13:78: \`faults.slow.with\` is neither documented nor assumed
       13 |   slow: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                                                                              ^^^^
    List it, or a parent of it, under \`evidence\`."
  `)
})

test('a path that is documented and assumed', () => {
  expect(told(edited(['assumed: [world', 'assumed: [faults.slow, world']))).toMatchInlineSnapshot(`
    "sample.yaml:23:13: \`faults.slow\` is listed both as documented and as assumed
       23 |   assumed: [faults.slow, world, load, faults.loss]
          |             ^^^^^^^^^^^
    Keep one of the two."
  `)
})

test('evidence that speaks for nothing', () => {
  expect(told(edited(['assumed: [world', 'assumed: [faults, world']))).toMatchInlineSnapshot(`
    "sample.yaml:23:13: \`faults\` speaks for nothing: every part of it is listed itself
       23 |   assumed: [faults, world, load, faults.loss]
          |             ^^^^^^
    Remove it."
  `)
})

test('an unknown oracle', () => {
  expect(told(edited(['unaffected:', 'uneffected:']))).toMatchInlineSnapshot(`
    "sample.yaml:26:3: there is no oracle \`uneffected\`
       26 |   uneffected: { load: control, success: 99% }
          |   ^^^^^^^^^^
    Did you mean \`unaffected\`?"
  `)
})

test('an unknown setting of an oracle', () => {
  expect(told(edited(['success: 99%', 'succes: 99%']))).toMatchInlineSnapshot(`
    "sample.yaml:26:32: the oracle \`unaffected\` has no setting \`succes\`
       26 |   unaffected: { load: control, succes: 99% }
          |                                ^^^^^^
    Did you mean \`success\`?"
  `)
})

test('a setting in the wrong unit', () => {
  expect(told(edited(['success: 99%', 'success: 99']))).toMatchInlineSnapshot(`
    "sample.yaml:26:41: \`expect.unaffected.success\` must be a percentage such as 99%, not the number 99
       26 |   unaffected: { load: control, success: 99 }
          |                                         ^^
    Did you mean \`99%\`?"
  `)
})

test('a factor in the form of a share', () => {
  expect(told(edited(['expect:', 'expect:\n  amplification: { factor: 150% }']))).toMatchInlineSnapshot(`
    "sample.yaml:26:28: \`expect.amplification.factor\` must be a factor such as 1.5x, not "150%"
       26 |   amplification: { factor: 150% }
          |                            ^^^^
    Did you mean \`1.5x\`?"
  `)
})

test.for<[string, string]>([
  ['success: 99.5%', 'fine'],
  ['success: 100%', 'fine'],
  ['success: 0.99', 'Did you mean `99%`?'],
  ['success: 0.99x', 'Did you mean `99%`?'],
  ['success: 101%', 'not "101%"'],
  ['slower: 1.5x', 'fine'],
  ['slower: 1.5', 'Did you mean `1.5x`?'],
  ['slower: 150%', 'Did you mean `1.5x`?'],
  ['samples: 20x', 'must be a whole number, not "20x"'],
])('a setting in one form only: %s', ([setting, answer]) => {
  expect(told(edited(['success: 99%', setting]))).toContain(answer)
})

test('an expectation about an unknown load', () => {
  expect(told(edited(['load: control', 'load: contol']))).toMatchInlineSnapshot(`
    "sample.yaml:26:23: \`expect.unaffected.load\` names the unknown load "contol"
       26 |   unaffected: { load: contol, success: 99% }
          |                       ^^^^^^
    Did you mean \`control\`?"
  `)
})

test('an expectation about an unknown phase', () => {
  expect(told(edited(['expect:', 'expect:\n  recovers: { within: 2m, after: recovry }']))).toMatchInlineSnapshot(`
    "sample.yaml:26:34: \`expect.recovers.after\` names the unknown phase "recovry"
       26 |   recovers: { within: 2m, after: recovry }
          |                                  ^^^^^^^
    Did you mean \`recovery\`?"
  `)
})

test('several mistakes at once', () => {
  expect(
    told(edited(['impatient: 5s', 'impatient: 5'], ['abandoned: served', 'abandoned: srved'], ['armed:', 'arming:'])),
  ).toMatchInlineSnapshot(`
    "sample.yaml:8:90: \`world.fleets.au-rest.abandoned\` must be served or dropped, not "srved"
        8 | ...therTenants: 20/s, abandoned: srved }
          |                                  ^^^^^
    Did you mean \`served\`?
    sample.yaml:10:55: \`load.reads.impatient\`: 5 is not a duration such as "20s", "250ms" or "1h30m"
       10 |   reads: { do: contact.read, rate: 12/min, impatient: 5 }
          |                                                       ^
    Did you mean \`5s\`?
    sample.yaml:24:1: unknown key \`arming\` in a scenario
       24 | arming: { faultHits: 5, unansweredFor: 1s }
          | ^^^^^^
    Did you mean \`armed\`?"
  `)
})

test('a long line, cut around the caret', () => {
  expect(told(edited(['with: { delay: 2s }', `with: { delay: ${' '.repeat(90)}fast }`]))).toMatchInlineSnapshot(`
    "sample.yaml:13:183: \`faults.slow.with.delay\`: "fast" is not a duration such as "20s", "250ms" or "1h30m"
       13 | ...                              fast } }
          |                                  ^^^^"
  `)
})

test('an expectation about no load at all', () => {
  expect(told(edited(['load: control, success', 'success']))).toMatchInlineSnapshot(`
    "sample.yaml:26:3: \`expect.unaffected\` does not say which \`load\` it is about
       26 |   unaffected: { success: 99% }
          |   ^^^^^^^^^^
    Loads: reads, control."
  `)
})

test('more mistakes than are told at once', () => {
  const loads = Array.from({ length: 14 }, (_, index) => `  load${index}: { do: me.reed, every: 1m }\n`).join('')
  const lines = told(edited(['  control:', `${loads}  control:`])).split('\n')
  expect(lines.filter((line) => line.startsWith('sample.yaml:'))).toHaveLength(10)
  expect(lines.at(-1)).toBe('... and 4 more.')
})

test('a file beyond the limit is refused before it is read', () => {
  expect(told(`${sample}${'#'.repeat(100_000)}`)).toMatch(
    /^sample\.yaml: the file has \d+ characters; a scenario has at most 100000\n/u,
  )
})

test('a component that the status page does not have', () => {
  expect(told(edited(['component: REST API (Australia)', 'component: REST API (Austria)']))).toMatchInlineSnapshot(`
    "sample.yaml:16:63: the status page has no component "REST API (Austria)"
       16 |   - { at: 11:15Z, open: slow-api, title: Slow API, component: REST API (Austria), impact: minor }
          |                                                               ^^^^^^^^^^^^^^^^^^
    Did you mean \`REST API (Australia)\`?"
  `)
})

test('a fault on a product that nobody simulates', () => {
  expect(told(edited(['where: { region: au }', 'where: { product: messenger }']))).toMatchInlineSnapshot(`
    "sample.yaml:13:44: the fault \`slow\` can match nothing: no service is the product \`messenger\`
       13 |   slow: { kind: latency, where: { product: messenger }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
          |                                            ^^^^^^^^^
    Known products: rest, status, graph, media."
  `)
})

test('a fleet for a product that nobody simulates', () => {
  expect(told(edited(['    au-rest: {', '    au-inbox: {'], ['fleet: au-rest', 'fleet: au-inbox'])))
    .toMatchInlineSnapshot(`
    "sample.yaml:8:5: the fleet \`au-inbox\` serves no known product
        8 |     au-inbox: { workers: 4, serviceTime: 60ms, queue: 100, otherTenants: 20/s, abandoned: served }
          |     ^^^^^^^^
    Known products: rest, status, graph, media."
  `)
})

test('a fault on the status page is possible', () => {
  expect(told(edited(['where: { region: au }', 'where: { region: global, product: status }']))).toBe('fine')
})
