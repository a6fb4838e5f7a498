// A small valid scenario for tests, and ways to spoil it.

import { isUserError } from '#context/user-error.ts'
import { parseScenario } from './parse.ts'

export const sample = `scenario: sample
title: The API is slow
source: { document: seeds/000, date: 2026-04-27, severity: P2 }
run: { from: 11:00Z, until: 12:00Z }
world:
  workspaces: { ours: { region: au }, sibling: { region: us } }
  fleets:
    au-rest: { workers: 4, serviceTime: 60ms, queue: 100, otherTenants: 20/s, abandoned: served }
load:
  reads: { do: contact.read, rate: 12/min, impatient: 5s }
  control: { do: contact.read, every: 30s, workspace: sibling }
faults:
  slow: { kind: latency, where: { region: au }, from: 11:10Z, until: 11:20Z, with: { delay: 2s } }
  loss: { kind: capacity-loss, where: { fleet: au-rest }, from: 11:20Z, until: 11:30Z, share: 50% }
statusPage:
  - { at: 11:15Z, open: slow-api, title: Slow API, component: REST API (Australia), impact: minor }
  - { at: 11:35Z, resolve: slow-api }
phases: { onset: 11:10Z, recovery: 11:30Z }
timeline:
  - { at: 11:10Z, fact: It becomes slow. }
evidence:
  documented: { faults.slow: it was slow }
  assumed: [world, load, faults.loss]
armed: { faultHits: 5, unansweredFor: 1s }
expect:
  unaffected: { load: control, success: 99% }
`

/** The sample with all that a scenario need not have. Its first lines are those of the sample. */
export const rich = `${sample}  recovers:
    - { after: onset, within: 30m }
    - { after: recovery, within: 5m }
tags: [webhooks, seed]
variants:
  faithful: { title: slow only, without: [loss] }
  harsher: { title: slow and then fewer servers }
activity:
  writing: { topic: conversation.user.created, rate: 6/min, from: 11:05Z, until: 11:50Z, attachment: true }
  edits: { topic: contact.user.updated, every: 5m, workspace: sibling }
actions:
  - { at: 11:12Z, do: media.pause, workspace: ours }
  - { at: 11:20Z, do: rotate-token }
  - { at: 11:21Z, do: restart }
maintenances:
  database:
    title: Scheduled database maintenance
    components: [REST API (Australia), Inbox]
    announced: 2026-04-25 16:51Z
    from: 11:05Z
    until: 11:30Z
    started: 11:06Z
    completed: 11:44Z
problems:
  slow: { from: 11:10Z, until: 11:30Z, whose: theirs, cause: provider, within: 15m }
fails: { sdk: recovers, broken/no-timeout: [settles-within-promise, recovers] }
properties:
  control-is-answered: { always: ok, load: control }
  a-copy-is-shown: { sometimes: stale, load: reads, phase: onset }
`.replace('assumed: [', 'assumed: [activity, actions, maintenances, problems, ')

/** The sample with one text in place of another. */
export function edited(...edits: readonly (readonly [old: string, fresh: string])[]): string {
  return edit(sample, edits)
}

/** The rich sample with one text in place of another. */
export function editedRich(...edits: readonly (readonly [old: string, fresh: string])[]): string {
  return edit(rich, edits)
}

function edit(text: string, edits: readonly (readonly [old: string, fresh: string])[]): string {
  return edits.reduce((all, [old, fresh]) => {
    if (!all.includes(old)) throw new Error(`The sample does not contain ${old}.`)
    return all.replace(old, () => fresh)
  }, text)
}

/** What a user is told about a text; `fine` when nothing is wrong with it. */
export function told(text: string, variant: string | null = null): string {
  try {
    parseScenario(text, 'sample.yaml', variant)
    return 'fine'
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
}
