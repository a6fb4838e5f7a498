// The drivers of this process: which life of a client is whose, how one ends with its life, and how all end with the run. A cell plays one
// run at a time, so there is one household at a time.

import type { Life } from '#context/owner.ts'
import { limits } from '#context/limits.ts'
import { containerEngine } from '#container/engine.ts'
import { Lodging } from '#container/lodging.ts'
import type { Conversation } from './conversation.ts'
import { Household } from './household.ts'
import type { HeldState } from './link.ts'

/** What one driver printed for people. `null`: it never got as far as to be an instance. */
export type KeptLog = { readonly instance: number | null; readonly life: number; readonly text: string }

type Listed = { readonly talk: Conversation; instance: number | null; life: number }

let household: Household | undefined
let lodging: Promise<Lodging> | undefined
let stores = 0
const lives = new WeakMap<Life, Conversation>()
const listed: Listed[] = []
const gone: KeptLog[] = []

export function ownHousehold(): Household {
  household ??= new Household()
  return household
}

/** Where the containers of this run live; the first who wants one opens it. Throws UserError where there is no engine. */
export function ownLodging(): Promise<Lodging> {
  lodging ??= containerEngine().then((docker) => Lodging.open(docker))
  return lodging
}

/** `undefined` as long as nobody wanted a container. */
export function lodgingInUse(): Promise<Lodging> | undefined {
  return lodging
}

/** The name of one more volume for what a client keeps. */
export function nextStore(): string {
  stores += 1
  return `store-${stores}`
}

export function enlist(talk: Conversation): void {
  listed.push({ talk, instance: null, life: 0 })
}

/** From now on it is the process of this instance. */
export function assign(talk: Conversation, instance: number, life: Life | undefined): void {
  const found = listed.find((one) => one.talk === talk)
  if (found) Object.assign(found, { instance, life: life?.number ?? 0 })
  if (life) lives.set(life, talk)
}

/** The process of this life is over, at once, with all that it started. Other clients have none. */
export function killDriver(life: Life): void {
  const talk = lives.get(life)
  talk?.kill()
  const index = listed.findIndex((one) => one.talk === talk)
  for (const one of index < 0 ? [] : listed.splice(index, 1)) keep(one)
}

/** Freezes the process of this life, or takes its network away; or ends that. */
export async function holdDriver(life: Life, state: HeldState, on: boolean): Promise<void> {
  await lives.get(life)?.hold(state, on)
}

/** At the end of a run, however it ends: nothing of its drivers is left, neither processes nor files. Tells what they printed. */
export async function endDrivers(): Promise<readonly KeptLog[]> {
  for (const one of listed.splice(0)) {
    one.talk.kill()
    keep(one)
  }
  const ended = household
  const left = lodging
  household = undefined
  lodging = undefined
  const opened = await left?.catch(() => undefined)
  await Promise.all([ended?.close(), opened?.close()])
  return gone.splice(0).slice(-limits.driverLogs)
}

function keep({ talk, instance, life }: Listed): void {
  const text = talk.log.text()
  if (text !== '') gone.push({ instance, life, text })
  if (gone.length > limits.driverLogs) gone.shift()
}
