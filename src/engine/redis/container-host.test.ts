// Goal: a Redis in a container is for the client what one of this machine is, at an address of this machine, and goes with the run. A real one.

import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { endDrivers, ownLodging } from '#client/driver/roster.ts'
import { engine, leftOf } from '../../../test/containers/engine.ts'
import { redisImage } from '../../../test/containers/redis.ts'
import { askRedis } from './ask.ts'
import { openRedis } from './open.ts'
import type { Redis } from './redis.ts'
import { hasRedis } from './test-redis.ts'

afterEach(() => endDrivers())

const slowly = { timeout: 120_000 }
const addressOf = ({ url }: Redis) => ({ host: new URL(url).hostname, port: Number(new URL(url).port) })
const ask = (redis: Redis, command: string) => askRedis(addressOf(redis), command, 5_000)

async function begin(front?: { readonly address: string; readonly name: string }): Promise<Redis> {
  const services = { redis: { image: await redisImage() } }
  const redis = await openRedis({ name: 'desk', services }, undefined, front)
  if (!redis) throw new Error('there is none')
  return redis
}

describe.skipIf(!engine || !hasRedis)('a Redis in a container', () => {
  test('is emptied, paused, killed and started again at the same address', slowly, async () => {
    const redis = await begin()
    expect(redis.what).toMatch(/^a container of brownout-test\/redis, version \d/u)
    expect(redis.url).toMatch(/^redis:\/\/127\.0\.0\.1:\d+$/u)
    await ask(redis, 'SET one 1')
    await redis.pause()
    const socket = connect(addressOf(redis).port, '127.0.0.1')
    let answer = ''
    socket.on('data', (data) => (answer += String(data)))
    socket.write('GET one\r\n')
    await sleep(200)
    expect(answer).toBe('')
    await redis.resume()
    await vi.waitUntil(() => answer === '$1\r\n1\r\n', { timeout: 5_000 })
    await redis.flush()
    expect(await ask(redis, 'DBSIZE')).toBe('0')
    await ask(redis, 'SET one 1')
    const broken = new Promise((resolve) => socket.once('error', resolve))
    await redis.kill()
    expect(await broken).toMatchObject({ code: 'ECONNRESET' })
    await expect(ask(redis, 'PING')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await redis.start()
    expect(await ask(redis, 'DBSIZE')).toBe('0')
    expect(redis.death()).toBeUndefined()
  })

  test('that ends by itself is told, and nothing of it is left', slowly, async () => {
    const redis = await begin()
    const { run } = await ownLodging()
    expect(await leftOf(run)).toBeGreaterThan(0)
    await ask(redis, 'SHUTDOWN NOSAVE').catch(() => undefined)
    const death = await vi.waitUntil(() => redis.death(), { timeout: 10_000 })
    expect(String(death)).toContain('ended by itself (exit code 0)')
    expect(redis.log()).toContain('Ready to accept connections')
    await redis.close()
    await endDrivers()
    expect(await leftOf(run)).toBe(0)
  })

  test('is where a client in a container finds it, too', slowly, async () => {
    const { reach, hostName } = await ownLodging()
    const redis = await begin({ address: reach.address, name: hostName })
    const { host, port } = addressOf(redis)
    expect(host).toBe(hostName)
    const secret = decodeURIComponent(new URL(redis.url).password)
    expect(await askRedis({ host: reach.address, port, secret }, 'PING', 5_000)).toBe('PONG')
    // Containers of others come there, too.
    await expect(askRedis({ host: reach.address, port }, 'PING', 5_000)).rejects.toThrow('NOAUTH')
  })
})
