// This harness as a cell has it: virtual time, a fleet, whose request it is, a fault plan that is asked about each exchange and
// delays one in ten, and a record that is written to a file event by event.

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runAs } from '#context/owner.ts'
import { virtualSetting } from '#engine/setting.ts'
import { faultKinds } from '#fault/catalog.ts'
import { createPlan } from '#fault/plan.ts'
import type { FaultSpec } from '#fault/spec.ts'
import { encodeEvent } from '#history/codec.ts'
import { createRecorder } from '#history/recorder.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { createFleet } from '#server/worker-fleet.ts'
import { createHeader } from '../../../test/history-builder.ts'
import { createSubject, startMs, type Contestant, type Opened } from './contestant.ts'

const fleet = {
  workers: 16,
  serviceTimeMs: 60,
  queue: 200,
  otherTenantsPerSecond: 0,
  abandoned: 'served',
  overflow: 'reject',
  gatewayTimeoutMs: 60_000,
} as const

export const harness: Contestant = { name: 'harness', open }

async function open(): Promise<Opened> {
  const { intercom, random, contact } = createSubject()
  const { clock, transport, restore } = virtualSetting({ startMs, shuffled: false } as Scenario, random)
  const file = openRecord()
  const recorder = createRecorder(clock, (event) => file.write(encodeEvent(event)))
  recorder.record({ kind: 'run.started', header: createHeader() })
  const entity = `contact:${contact.id}`
  let current = 0
  const opened = await transport.open({
    world: {
      services: [intercom],
      fleets: new Map([['au-rest', createFleet('au-rest', fleet, random.fork('fleet'))]]),
    },
    plan: createPlan(plan),
    recorder,
    clock,
    startMs,
    random,
    entityOf: () => entity,
    isOpen: (operation) => operation === current,
    servesAnother: () => false,
    fulfilled: () => ({}),
    dropHosts: new Set(),
    root: fileURLToPath(new URL('../../../', import.meta.url)),
  })
  const ask = async (read: () => Promise<unknown>): Promise<void> => {
    current += 1
    const operation = current
    recorder.record({ ...invoked, operation, entity })
    const owner = { instance: 0, workspace: 'ours', operation, random: random.fork('operation', operation).next }
    await runAs(owner, read)
    recorder.record({ kind: 'operation.ok', operation, result: 'fresh', timersLeft: clock.clientTimers(operation) })
  }
  return {
    fetch: opened.fetch,
    play: async (count, read) => {
      let isDone = false
      const all = async (): Promise<void> => {
        for (let nth = 0; nth < count; nth += 1) await ask(read)
      }
      const done = all().then(() => (isDone = true))
      await clock.run({ until: () => isDone, horizon: Number.MAX_SAFE_INTEGER, onClientError: fail })
      await done
    },
    close: async () => {
      await opened.close()
      restore()
      file.close()
    },
  }
}

const invoked = {
  kind: 'operation.invoked',
  instance: 0,
  workspace: 'ours',
  name: 'contact.read',
  effect: 'read',
  load: 'reads',
} as const

/** One hits, the other is asked in vain. */
const plan: readonly FaultSpec[] = [
  spec('latency', { delay: 100 }, { share: 0.1 }),
  spec('status', { code: 503, body: 'html' }, { where: { route: '/conversations' } }),
]

function spec(name: string, params: unknown, changes: Partial<FaultSpec>): FaultSpec {
  const kind = faultKinds.get(name)
  if (!kind) throw new Error(`There is no fault ${name}.`)
  const always = { where: {}, from: 0, until: Infinity, shape: { kind: 'constant' }, share: 1, effect: 'none' } as const
  return { name, kind, params, ...always, ...changes }
}

function openRecord(): { write(line: string): void; close(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const descriptor = openSync(join(folder, 'history.ndjson'), 'w')
  return {
    write: (line: string) => void writeSync(descriptor, line),
    close: () => {
      closeSync(descriptor)
      rmSync(folder, { recursive: true })
    },
  }
}

function fail(error: unknown): never {
  throw error
}
