// Goal: somebody's own `setupServer` meets the API as it is in an incident. Method: a real one of MSW, in real time; each case has the
// incident in which its fault is on from the beginning, so that nobody waits for one.

import { IntercomClient } from 'intercom-client'
import { setupServer, type SetupServer } from 'msw/node'
import { afterEach, expect, test } from 'vitest'
import type { HistoryEvent } from '#history/event.ts'
import { createIncident, type Incident, type IncidentOptions } from './index.ts'

const api = 'https://api.intercom.io'
const contact = `${api}/contacts`

let server: SetupServer | undefined
const begun: Incident[] = []

afterEach(() => {
  server?.close()
  server = undefined
  for (const incident of begun.splice(0)) incident.close()
})

function scenario(fault: string): { readonly text: string } {
  return {
    text: `scenario: shop
title: A shop of ours
source: { document: test, date: 2026-03-11, severity: P3 }
run: { from: 11:00Z, until: 11:10Z }
world: { workspaces: { ours: { region: us } } }
load: { reads: { do: contact.read, every: 6s } }
faults: { broken: { ${fault}, from: 11:02Z, until: 11:08Z } }
phases: { outage: 11:02Z, recovery: 11:08Z }
evidence: { documented: {}, assumed: [run, world, load, faults, phases] }
`,
  }
}

function begin(source: Parameters<typeof createIncident>[0], options?: IncidentOptions): Incident {
  const incident = createIncident(source, options)
  begun.push(incident)
  server = setupServer(...incident.handlers)
  server.listen({ onUnhandledFrame: 'error' })
  return incident
}

function bearer({ tokens }: Incident): RequestInit {
  return { headers: { authorization: `Bearer ${tokens['ours']}` } }
}

test('before the first fault the API is well, for whoever has a token', async () => {
  const incident = begin(scenario('kind: status, with: { code: 503 }'))
  expect(incident.phase).toBe('baseline')
  const answers = await Promise.all([fetch(contact, bearer(incident)), fetch(contact)])
  expect(answers.map(({ status }) => status)).toEqual([200, 401])
  expect(await answers[0]?.json()).toMatchObject({ type: 'list' })
})

test('a whole answer says how long it is, or MSW would keep it in memory', async () => {
  const answer = await fetch(contact, bearer(begin(scenario('kind: status, with: { code: 503 }'))))
  const { byteLength } = await answer.arrayBuffer()
  expect(byteLength).toBeGreaterThan(0)
  expect(answer.headers.get('content-length')).toBe(String(byteLength))
})

test.for([
  ['kind: status, with: { code: 503 }', 503],
  ['kind: status, where: { method: GET }, with: { code: 405 }', 405],
  ['kind: latency, with: { delay: 30ms }', 200],
] as const)('in an outage with { %s } a request is answered %i', async ([fault, status]) => {
  const incident = begin(scenario(fault), { from: 'outage' })
  expect(incident.phase).toBe('outage')
  expect((await fetch(contact, bearer(incident))).status).toBe(status)
})

test.for(['connection-reset', 'dns-failure', 'connection-refused', 'garbled-answer'])(
  '%s fails as a network does in MSW',
  async (kind) => {
    const incident = begin(scenario(`kind: ${kind}`), { from: 'outage' })
    await expect(fetch(contact, bearer(incident))).rejects.toThrow(TypeError)
  },
)

test('an answer that never comes can be given up, and does not outlive the incident', async () => {
  const events: HistoryEvent[] = []
  const incident = begin(scenario('kind: hang'), { from: 'outage', onEvent: (event) => events.push(event) })
  const signal = AbortSignal.timeout(20)
  await expect(fetch(contact, { ...bearer(incident), signal })).rejects.toThrow(/aborted|timeout/u)
  expect(events.map(({ kind }) => kind)).toEqual(['exchange.sent', 'exchange.arrived', 'fault.hit', 'exchange.aborted'])
  const another = fetch(contact, bearer(incident))
  setTimeout(() => incident.close(), 20)
  await expect(another).rejects.toThrow(TypeError)
})

test('a body that is cut short fails where it is read', async () => {
  const incident = begin(scenario('kind: connection-reset, with: { phase: body }'), { from: 'outage' })
  const answer = await fetch(contact, bearer(incident))
  await expect(answer.text()).rejects.toThrow(/terminated|aborted|closed|length/u)
})

test('the limit of the rate is told, and when it ends', async () => {
  const incident = begin('429-storm', { from: 'small-window' })
  // So many that one window has too many, also when they fall into two.
  const answers = await Promise.all(Array.from({ length: 80 }, () => fetch(contact, bearer(incident))))
  const refused = answers.find(({ status }) => status === 429)
  expect(Number(refused?.headers.get('x-ratelimit-reset')) * 1_000).toBeGreaterThan(Date.now() - 1_000)
})

test("Intercom's own client meets it, and what it writes is there for it alone", async () => {
  const incident = begin(scenario('kind: status, with: { code: 503 }'))
  const client = new IntercomClient({ token: incident.tokens['ours'] ?? '' })
  const { id } = await client.contacts.create({ email: 'ada@example.com' })
  expect(await client.contacts.find({ contact_id: id ?? '' })).toMatchObject({ email: 'ada@example.com' })
  server?.close()
  const another = begin(scenario('kind: status, with: { code: 503 }'))
  const stranger = new IntercomClient({ token: another.tokens['ours'] ?? '', maxRetries: 0 })
  await expect(stranger.contacts.find({ contact_id: id ?? '' })).rejects.toThrow('404')
})

test('what is not of the simulation is left to the handlers of others', async () => {
  begin(scenario('kind: status, with: { code: 503 }'))
  await expect(fetch('https://example.com/')).rejects.toThrow(TypeError)
  await expect(fetch('https://status.intercom.com/api/v2/status.json')).resolves.toMatchObject({ status: 200 })
})

test('time passes as fast as is asked for', async () => {
  const incident = createIncident(scenario('kind: hang'), { timeScale: 1_000 })
  begun.push(incident)
  expect(incident.phase).toBe('baseline')
  await expect.poll(() => incident.phase, { interval: 20 }).toBe('recovery')
})

test.for([
  ['429-strom', {}, /no scenario "429-strom"[^]*429-storm/u],
  [
    '429-storm',
    { from: 'strom' },
    /from: strom is neither a phase nor a time[^]*Phases: baseline, small-window, storm/u,
  ],
  ['429-storm', { timeScale: 0 }, /timeScale: 0 is not a number from 1 to 1000/u],
  ['429-storm', null as unknown as {}, /options of an incident are an object[^]*Such as/u],
  ['429-storm', { form: 'storm' } as {}, /no option "form"[^]*Did you mean "from"/u],
  ['429-storm', { seed: 1 } as {}, /^seed is not a text/u],
  ['429-storm', { onEvent: 5 } as {}, /^onEvent is not a function/u],
  ['', {}, /A scenario is a name, a path/u],
  [{ text: 'scenario: 1' }, {}, /scenario\.yaml:1:\d+: `title` is missing/u],
  [7 as unknown as string, {}, /A scenario is a name, a path, or \{ text \}/u],
] as const)('%j with %j is refused in a sentence', ([source, options, says]) => {
  expect(() => createIncident(source, options)).toThrow(says)
})
