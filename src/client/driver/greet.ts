// Starts a driver, or finds its server, and says hello. Until then everything that can be wrong is the user's to mend.

import { oneLine, presentable } from '#context/foreign-text.ts'
import { limits } from '#context/limits.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { withinReal } from '#clock/real-wait.ts'
import { answers, containerEngine, engineGone } from '#container/engine.ts'
import type { DriverLocation } from '../resolve-client.ts'
import { openContainer } from './container-link.ts'
import { Conversation } from './conversation.ts'
import { isRecord, protocolVersion } from './message.ts'
import { openProcess } from './process-link.ts'
import { DriverGone } from './protocol-error.ts'
import { enlist, nextStore, ownHousehold, ownLodging } from './roster.ts'
import { openServer } from './server-link.ts'

export type Greeted = {
  readonly talk: Conversation
  /** What it says of its client, as it came. */
  readonly facts: Readonly<Record<string, unknown>>
}

const shownOfLog = 600

type How = { readonly startMs?: number; readonly store?: string | undefined }

/** `store`: what its last life has left behind. */
export async function greet(location: DriverLocation, how: How = {}): Promise<Greeted> {
  const { startMs = limits.driverStartMs, store } = how
  const talk = opened(location, store)
  enlist(talk)
  const answered = await withinReal(startMs, () => answerTo(talk))
  const said: Said = answered === 'overdue' ? { kind: 'overdue' } : answered
  if (said.kind === 'answered') {
    const problem = problemOf(said.value)
    if (problem === undefined) return { talk, facts: said.value as Greeted['facts'] }
    throw refused(location, talk, problem, 'Let it answer as docs/drivers.md says.')
  }
  if (said.kind === 'failed' && isUserError(said.why)) throw said.why
  if (said.kind === 'overdue' && 'container' in location && !(await answers(await containerEngine()))) {
    talk.kill()
    throw engineGone()
  }
  const { what, hint } = said.kind === 'failed' ? failure(location, said.why) : silence(startMs)
  throw refused(location, talk, what, hint)
}

function opened(location: DriverLocation, store: string | undefined): Conversation {
  try {
    return new Conversation((ear) => {
      if ('driver' in location) return openServer(location.driver, ear)
      if ('container' in location) return openContainer(location, ownLodging, store ?? nextStore(), ear)
      return openProcess(location, ownHousehold(), ear)
    })
  } catch (error) {
    const { what, hint } = failure(location, error as Error)
    throw unusable(location, what, { hint })
  }
}

type Said =
  | { readonly kind: 'answered'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly why: Error }
  | { readonly kind: 'overdue' }

async function answerTo(talk: Conversation): Promise<Exclude<Said, { kind: 'overdue' }>> {
  try {
    const { value, error } = await talk.ask({ do: 'hello', protocol: protocolVersion })
    return { kind: 'answered', value: error ?? value }
  } catch (error) {
    return { kind: 'failed', why: error as Error }
  }
}

function problemOf(value: unknown): string | undefined {
  if (!isRecord(value)) return 'its answer to hello is no object with "protocol", "name" and "promises"'
  const { protocol, message } = value
  if (protocol === protocolVersion) return undefined
  if (typeof message === 'string') return `it answered hello with an error: ${message}`
  const version = typeof protocol === 'number' ? `version ${protocol} of the protocol` : 'no version of the protocol'
  return `it speaks ${version}; this is version ${protocolVersion}`
}

const refusal = 'ERR_BROWNOUT_REFUSED'

function failure(location: DriverLocation, why: Error): { readonly what: string; readonly hint: string } {
  if (why.message.includes(refusal) || ('code' in why && why.code === refusal))
    return { what: 'it runs in real time, and this run is in virtual time', hint: 'Add --transport loopback.' }
  const what = why instanceof DriverGone && /^(?:exit|signal)/u.test(why.message) ? 'it ended before it said hello' : ''
  if ('driver' in location && why instanceof DriverGone)
    return { what: why.message, hint: 'Nothing starts a server here: start it before, at that address.' }
  return {
    what: what === '' ? why.message : `${what} (${why.message})`,
    hint: `Start it by hand${byHand(location)}, and give it this line: {"id":1,"do":"hello","protocol":1}`,
  }
}

function byHand(location: DriverLocation): string {
  if ('command' in location) return ' in that directory'
  return 'container' in location ? ' (`docker run -i`)' : ''
}

function silence(startMs: number): { readonly what: string; readonly hint: string } {
  return {
    what: `it did not answer hello within ${startMs / 1_000} s`,
    hint: 'Its standard output is for messages, one JSON object a line; a runtime that buffers it must flush after each.',
  }
}

function refused(location: DriverLocation, talk: Conversation, what: string, hint: string): UserError {
  talk.kill()
  const log = presentable(talk.log.text().slice(-shownOfLog)).trim()
  return unusable(location, what, { hint, ...(log !== '' && { excerpt: indented(log) }) })
}

function unusable({ name }: DriverLocation, what: string, more: { hint: string; excerpt?: string }): UserError {
  return new UserError(`The driver of the client ${name} cannot be used: ${oneLine(presentable(what))}.`, more)
}

function indented(log: string): string {
  return ['It printed:', ...log.split('\n').map((line) => `  ${line}`)].join('\n')
}
