// The Redis of a client that declares one: begun before the client is, and gone with the run. Whether a run can have it, or has to, is said here, too.

import crypto from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { UserError } from '#context/user-error.ts'
import { ownHousehold, ownLodging } from '#client/driver/roster.ts'
import { resolveServices, type RedisWanted } from '#client/services.ts'
import type { Lodging } from '#container/lodging.ts'
import type { Scenario } from '#scenario/scenario.ts'
import type { Front } from '#transport/transport.ts'
import { containerHost } from './container-host.ts'
import { freePort } from './free-port.ts'
import type { Host } from './host.ts'
import { processHost } from './process-host.ts'
import { beginRedis, type Redis } from './redis.ts'
import { relayed } from './relay.ts'

/** Taken before the run's own chance replaces it. */
const { randomBytes } = crypto
const usual = 'redis-server'
const usualImage = 'redis:7-alpine'
/** Somebody else may take a port before the server does. */
const tries = 3

type About = Pick<Scenario, 'faults' | 'file'>
type Declaring = { readonly name: string; readonly services?: unknown }

const anything: About = { faults: [], file: '' }

/** Throws UserError when it cannot be started, and when the scenario is about a cache and the client has none. */
export async function openRedis(
  definition: Declaring,
  scenario: About = anything,
  front?: Front,
): Promise<Redis | undefined> {
  const redis = wantedBy(definition, scenario)
  return redis && begun(redis, front)
}

/** Throws UserError when it does, and as `openRedis`. */
export function checkNeedsNoRedis(definition: Declaring, scenario: About): void {
  if (wantedBy(definition, scenario)) throw needsRealTime(definition.name)
}

function wantedBy(definition: Declaring, { faults, file }: About): RedisWanted | undefined {
  const { redis } = resolveServices(definition)
  const fault = faults.find(({ kind }) => kind.on === 'cache')
  if (fault && !redis) throw withoutCache(definition.name, fault.name, file)
  return redis
}

async function begun(wanted: RedisWanted, front: Front | undefined): Promise<Redis> {
  for (let nth = 1; ; nth += 1) {
    const host = await hostFor(wanted, front)
    try {
      return await beginRedis(host)
    } catch (error) {
      await host.close()
      if (nth === tries || !/address already in use|EADDRINUSE/iu.test(String(error))) throw error
    }
  }
}

async function hostFor(wanted: RedisWanted, front: Front | undefined): Promise<Host> {
  const command = wanted.command ?? (wanted.image === undefined && isOnPath(usual) ? [usual] : undefined)
  // Where containers reach it, those of others do too.
  const secret = front && randomBytes(16).toString('hex')
  const inner = command
    ? processHost(command, await freePort(), ownHousehold(), secret)
    : await containerHost(wanted.image ?? usualImage, await lodgingFor(wanted), secret)
  if (command && !front) return inner
  const { address, name } = front ?? { address: '127.0.0.1', name: '127.0.0.1' }
  return relayed(inner, { host: address, port: await freePort(address), secret }, name)
}

async function lodgingFor({ image }: RedisWanted): Promise<Lodging> {
  try {
    return await ownLodging()
  } catch (error) {
    throw image === undefined ? nothingAtHand() : error
  }
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function withoutCache(client: string, fault: string, file: string): UserError {
  return new UserError(`The client "${client}" declares no Redis, and the fault "${fault}" is about the cache there.`, {
    place: { file },
    hint: 'A client that caches there says so: `services: { redis: true }`, see docs/redis.md.',
    lacks: ['a Redis (services.redis)'],
  })
}

function needsRealTime(client: string): UserError {
  return new UserError(`The client "${client}" needs a Redis, which is real and lives in real time.`, {
    hint: 'A run moves to real sockets by itself: leave out --transport virtual. A campaign plays in virtual time only.',
    moves: 'redis',
  })
}

function nothingAtHand(): UserError {
  return new UserError(`The client needs a Redis: there is no ${usual} on PATH, and no container engine answers.`, {
    hint: `Install it (on Debian: apt-get install ${usual}), or start Docker, which has it as ${usualImage}.`,
  })
}
