// Drivers for tests: real processes, written in a line or two on top of one that behaves.

import { createDurableStore } from '../durable-store.ts'
import type { Call, ClientWorld } from '../client.ts'
import type { ProcessLocation } from '../resolve-client.ts'

/** For scripts that change what is in `on`, `facts` and `offered`. */
export const preludeOfDriver = `
const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n')
const facts = { protocol: 1, name: 'desk', promises: { 'contact.read': { degrade: ['stale 1h', 'error'] } } }
const offered = { operations: ['contact.read'], offers: ['close'] }
const on = {
  hello: (q) => say({ id: q.id, value: facts }),
  create: (q) => say({ id: q.id, value: offered }),
  invoke: (q) => say({ id: q.id, value: q.input }),
  close: (q) => say({ id: q.id }),
  cancel: () => {},
}
let rest = ''
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n')
  rest = lines.pop()
  for (const line of lines) {
    const question = JSON.parse(line)
    on[question.do](question)
  }
})
`

/** `script` may change what is in `on`, `facts` and `offered`. */
export function driverOf(script: string): ProcessLocation {
  return locationOf([process.execPath, '-e', preludeOfDriver + script])
}

export function locationOf(command: readonly string[], cwd = import.meta.dirname): ProcessLocation {
  return { name: 'desk.client.yaml', url: import.meta.url, command, cwd, env: {} }
}

export function worldOf(more: Partial<ClientWorld> = {}): ClientWorld {
  const url = 'http://127.0.0.1:1'
  return {
    url,
    token: 'token-of-ours',
    workspaces: { ours: { region: 'us', url, token: 'token-of-ours', apis: {} } },
    apis: {},
    statusPage: url,
    store: createDurableStore(),
    fetch,
    webhookSecret: 'secret',
    graph: { url, token: 'token-of-graph' },
    instance: 0,
    services: {},
    ...more,
  }
}

export function callOf(signal: AbortSignal = new AbortController().signal): Call {
  return { signal, workspace: 'ours', resume: (work) => work() }
}
