// Goal: the Redis of a run does what a fault says, and nothing of it is left, however it ends. A real one.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Household } from '#client/driver/household.ts'
import { askRedis, readAnswer } from './ask.ts'
import { freePort } from './free-port.ts'
import { processHost } from './process-host.ts'
import { beginRedis, type Redis } from './redis.ts'
import { hasRedis, without } from './test-redis.ts'

test.for<[string, string | undefined]>([
  ['+OK\r\n', 'OK'],
  ['+OK', undefined],
  [':7\r\n', '7'],
  ['$5\r\nab\ncd\r\n', 'ab\ncd'],
  ['$3\r\né', undefined],
  ['$2\r\né\r\n', 'é'],
])('%j is read as %j', ([received, answer]) => {
  expect(readAnswer(received)).toBe(answer)
})

test('an error is one', () => {
  expect(readAnswer('-NOAUTH who are you?\r\n')).toEqual(new Error('Redis answered with an error: NOAUTH who are you?'))
})

const household = { current: undefined as Household | undefined }
afterEach(async () => {
  await household.current?.close()
  household.current = undefined
})

async function begin(command: readonly string[] = ['redis-server'], secret?: string): Promise<Redis> {
  household.current ??= new Household()
  return beginRedis(processHost(command, await freePort(), household.current, secret))
}

const portOf = ({ url }: Redis): number => Number(new URL(url).port)
const ask = (redis: Redis, command: string) => askRedis({ host: '127.0.0.1', port: portOf(redis) }, command, 2_000)

/** As such a server calls itself: `redis-server 127.0.0.1:21379`. */
function serversAt(port: number | string): number {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/u.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(`127.0.0.1:${port}`)
    } catch {
      return false
    }
  }).length
}

describe.skipIf(!hasRedis)(`a process of this machine${without}`, () => {
  test('where others could come, it is for those who know the secret, and connects to nobody', async () => {
    const redis = await begin(['redis-server'], '5ecret')
    expect(redis.what).toMatch(/version/u)
    await expect(ask(redis, 'DBSIZE')).rejects.toThrow('NOAUTH')
    const known = { host: '127.0.0.1', port: portOf(redis), secret: '5ecret' }
    await expect(askRedis({ ...known, secret: 'other' }, 'DBSIZE', 2_000)).rejects.toThrow('WRONGPASS')
    expect(await askRedis(known, 'SET one 1', 2_000)).toBe('OK')
    await redis.flush()
    expect(await askRedis(known, 'DBSIZE', 2_000)).toBe('0')
    await expect(askRedis(known, 'REPLICAOF 127.0.0.1 1', 2_000)).rejects.toThrow('unknown command')
  })

  test('is told with its version, is emptied, and keeps what it has while it is paused', async () => {
    const redis = await begin()
    expect(redis.what).toMatch(/^redis-server, a process of this machine, version \d+\.\d+/u)
    await ask(redis, 'SET one 1')
    await redis.pause()
    const socket = connect(portOf(redis), '127.0.0.1')
    let answer = ''
    socket.on('data', (data) => (answer += String(data)))
    socket.write('GET one\r\n')
    // It accepts, as the system does for it, and says nothing.
    await once(socket, 'connect')
    await sleep(100)
    expect(answer).toBe('')
    await redis.resume()
    await vi.waitUntil(() => answer === '$1\r\n1\r\n', { timeout: 5_000 })
    socket.destroy()
    await redis.flush()
    expect(await ask(redis, 'DBSIZE')).toBe('0')
  })

  test('is killed, refuses connections, and is back at the same address, empty', async () => {
    const redis = await begin()
    await ask(redis, 'SET one 1')
    await redis.pause()
    await redis.kill()
    await expect(ask(redis, 'PING')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(redis.death()).toBeUndefined()
    await redis.start()
    expect(await ask(redis, 'DBSIZE')).toBe('0')
  })

  test('that ends by itself is told, with its last words', async () => {
    const redis = await begin()
    await ask(redis, 'SHUTDOWN NOSAVE').catch(() => undefined)
    const death = await vi.waitUntil(() => redis.death(), { timeout: 5_000 })
    expect(death).toMatchObject({ isMachine: true })
    expect(String(death)).toMatch(/^The Redis of this run ended by itself \(exit code 0: .*bye bye/u)
  })

  test('that cannot be started is told', async () => {
    await expect(begin(['no-such-redis'])).rejects.toThrow('could not be started: it cannot be started (ENOENT)')
    await expect(begin(['redis-server', '--no-such-option', 'x'])).rejects.toThrow(/could not be started: exit code 1/u)
    await expect(begin(['sh', '-c', 'echo a house has no ports; exit 7', 'sh'])).rejects.toThrow(
      'could not be started: exit code 7: a house has no ports',
    )
  })

  test('twenty of them leave no process, no directory, no port and no descriptor', async () => {
    household.current = new Household()
    const descriptors = () => readdirSync('/proc/self/fd').length
    const before = descriptors()
    const ports: number[] = []
    for (let nth = 0; nth < 20; nth += 1) {
      const redis = await begin()
      ports.push(portOf(redis))
      expect(serversAt(portOf(redis))).toBe(1)
      if (nth % 2 === 0) await redis.pause()
      await redis.close()
    }
    await sleep(100)
    expect(ports.map(serversAt)).toEqual(ports.map(() => 0))
    for (const port of ports)
      await expect(askRedis({ host: '127.0.0.1', port }, 'PING', 1_000)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(descriptors()).toBeLessThanOrEqual(before + 1)
    const directory = household.current.makeStore()
    await household.current.close()
    expect(existsSync(directory)).toBe(false)
  })

  test('goes with the process that has it, even when that is killed', async () => {
    const script = `
      import { Household } from '#client/driver/household.ts'
      import { processHost } from '#engine/redis/process-host.ts'
      import { beginRedis } from '#engine/redis/redis.ts'
      import { freePort } from '#engine/redis/free-port.ts'
      const redis = await beginRedis(processHost(['redis-server'], await freePort(), new Household()))
      await redis.pause()
      console.log(redis.url)
      setInterval(() => {}, 1000)`
    const root = join(import.meta.dirname, '../../..')
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: root, detached: true })
    let port = ''
    try {
      const [url] = (await once(owner.stdout, 'data')) as [Buffer]
      port = new URL(String(url)).port
      expect(serversAt(port)).toBe(1)
    } finally {
      process.kill(-(owner.pid as number), 'SIGKILL')
    }
    await vi.waitUntil(() => serversAt(port) === 0, { timeout: 10_000 })
  })
})
