// A driver on trial: started, with a client that has a world, and asked on behalf of numbered operations.

import { runAs, type Owner } from '#context/owner.ts'
import { checkClient } from '#client/check-client.ts'
import type { Client, ClientDefinition, ClientWorld, Operation } from '#client/client.ts'
import { beginClient } from '#client/driver/begin-client.ts'
import type { Conversation } from '#client/driver/conversation.ts'
import { greet } from '#client/driver/greet.ts'
import { definitionFrom } from '#client/driver/load-driver.ts'
import { createDurableStore } from '#client/durable-store.ts'
import type { DriverLocation } from '#client/resolve-client.ts'
import { settled, type Settled } from '../within.ts'
import type { Stub } from './stub.ts'

/** What a client gets besides the API. */
type Beside = { readonly services?: ClientWorld['services']; readonly ca?: string | undefined }

export type Asked = {
  readonly operation: number
  readonly ended: Promise<Settled>
  cancel(): void
}

export interface Trial {
  readonly talk: Conversation
  readonly definition: ClientDefinition
  readonly client: Client
  readonly stub: Stub
  /** Reads first. */
  readonly operations: readonly string[]
  /** Asks about things that are called after `mark`. */
  ask(operation: string, mark: string): Asked
  asOperation<T>(operation: number | null, work: () => T): T
  /** Why the driver is gone, once it is. */
  failure(): Error | undefined
  /** Resolves when it is. */
  readonly gone: Promise<Error>
}

/** Throws UserError when it does not even start, and whatever `create` throws. */
export async function openTrial(location: DriverLocation, stub: Stub, beside: Beside = {}): Promise<Trial> {
  const { talk, facts } = await greet(location)
  const definition = definitionFrom(location, facts, new WeakMap(), () => {})
  let failed: Error | undefined
  let tellGone: (why: Error) => void = () => {}
  const gone = new Promise<Error>((resolve) => (tellGone = resolve))
  const raise = (why: Error): void => {
    failed = why
    tellGone(why)
  }
  const created = await asOperation(null, () => beginClient(talk, worldAt(stub, beside), new WeakMap(), raise))
  const client = checkClient(definition, created)
  const operations = client.operations as Readonly<Record<string, Operation<unknown>>>
  let asked = 0
  return {
    talk,
    definition,
    client,
    stub,
    operations: Object.keys(client.operations).toSorted((one, other) => rank(one) - rank(other)),
    ask: (name, mark) => {
      asked += 1
      const operation = asked
      const controller = new AbortController()
      const call = { signal: controller.signal, workspace, resume: <T>(work: () => T): T => work() }
      const work = () => operations[name]?.(inputAbout(mark), call)
      return {
        operation,
        ended: settled(() => asOperation(operation, work)),
        cancel: () => controller.abort(),
      }
    },
    asOperation,
    failure: () => failed,
    gone,
  }
}

export const workspace = 'ours'

function asOperation<T>(operation: number | null, work: () => T): T {
  const owner: Owner = { instance: 0, workspace, operation, random: () => 0.5 }
  return runAs(owner, work)
}

export function isRead(operation: string): boolean {
  return /\.(?:read|search|list|scroll)$/u.test(operation)
}

/** What is read by its own id tells most. */
function rank(operation: string): number {
  if (operation === 'contact.read') return 0
  if (operation.endsWith('.read') && operation !== 'me.read') return 1
  return isRead(operation) ? 3 : 2
}

function worldAt({ url }: Stub, { services = {}, ca }: Beside): ClientWorld {
  const token = 'token-for-conformance'
  return {
    url,
    token,
    workspaces: { [workspace]: { region: 'us', url, token, apis: {} } },
    apis: {},
    statusPage: url,
    store: createDurableStore(),
    fetch,
    webhookSecret: 'secret-for-conformance',
    graph: { url, token },
    instance: 0,
    services,
    ...(ca !== undefined && { ca }),
  }
}

/** Every field that some operation asks for. */
function inputAbout(mark: string): object {
  const id = `id-${mark}`
  return {
    contact: { id, externalId: `customer-${mark}`, email: `${mark}@customers.example` },
    lead: { id: `lead-${mark}` },
    conversation: { id },
    company: { id, companyId: `company-${mark}` },
    ticket: { id },
    article: { id },
    media: { id, mimeType: 'image/jpeg' },
    externalId: `customer-${mark}`,
    companyId: `company-${mark}`,
    email: `${mark}@customers.example`,
    name: `Zoë ${mark}`,
    title: `About ${mark}`,
    adminId: 'admin-1',
    ticketTypeId: '1',
    tag: 'vip',
    body: `Where is ${mark}? 👩‍🚀`,
    at: 1_700_000_000,
  }
}
