// Goal: a driver in a container is a client like any other, and whatever happens to its container ends in a sentence and leaves nothing. Method: real
// containers, of the Node that runs the tests.

import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import type { Lodging } from '#container/lodging.ts'
import { isUserError } from '#context/user-error.ts'
import { exampleImage, inContainer, scriptInContainer } from '../../../test/containers/clients.ts'
import { engine, leftOf, nodeImage } from '../../../test/containers/engine.ts'
import type { Client, ClientWorld, Operation } from '../client.ts'
import { createDurableStore } from '../durable-store.ts'
import type { ContainerLocation } from '../resolve-client.ts'
import { loadDriver } from './load-driver.ts'
import { endDrivers, lodgingInUse } from './roster.ts'
import { callOf, worldOf } from './test-driver.ts'

const slowly = { timeout: 60_000 }

afterEach(async () => {
  const lodging = await lodgingInUse()?.catch(() => undefined)
  await endDrivers()
  const left = lodging ? await leftOf(lodging.run) : 0
  if (left > 0) throw new Error(`${left} things are left with the engine`)
})

async function started(location: ContainerLocation, world: Partial<ClientWorld> = {}) {
  let raise: (why: Error) => void = () => {}
  const raised = new Promise<Error>((resolve) => (raise = resolve))
  const definition = await loadDriver(location, (why) => raise(why))
  const create = async () => (await definition.create(worldOf(world))) as Client
  const client = await create()
  const read = client.operations['contact.read'] as Operation
  const ask = (input: unknown) => read(input as never, callOf()) as Promise<unknown>
  return { definition, client, ask, raised, create }
}

async function problemOf(location: ContainerLocation): Promise<string> {
  const error: unknown = await loadDriver(location).catch((thrown: unknown) => thrown)
  expect(isUserError(error)).toBe(true)
  return String(error)
}

test.skipIf(!engine)('starting and ending again and again leaves nothing behind', { timeout: 120_000 }, async () => {
  const location = await scriptInContainer('again', '')
  const cycle = async (nth: number): Promise<string> => {
    const { client, ask } = await started(location)
    const { run } = (await lodgingInUse()) as Lodging
    if (nth % 2 === 0) await client.close?.()
    else void ask(1)
    await endDrivers()
    return run
  }
  const left = () => {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ').length
    return { children, descriptors: readdirSync('/proc/self/fd').length }
  }
  await cycle(0)
  const before = left()
  for (let nth = 0; nth < 6; nth += 1) expect(await leftOf(await cycle(nth))).toBe(0)
  await vi.waitFor(() => expect(left()).toEqual(before))
})

test.skipIf(!engine)('what it says is heard, and what it is asked it answers', slowly, async () => {
  const { definition, ask, client } = await started(await scriptInContainer('answers', ''))
  expect(definition.name).toBe('desk')
  expect(await ask({ name: 'Zoë 👩‍🚀' })).toEqual({ name: 'Zoë 👩‍🚀' })
  await client.close?.()
})

test.skipIf(!engine)('its environment and its limits are those of its file', slowly, async () => {
  const script = `on.invoke = (q) => say({ id: q.id, value: [process.env.LEVEL, process.constrainedMemory()] })`
  const location = await scriptInContainer('limits', script, { env: { LEVEL: 'debug' }, memoryBytes: 200 * 2 ** 20 })
  const { ask } = await started(location)
  expect(await ask(1)).toEqual(['debug', 200 * 2 ** 20])
})

test.skipIf(!engine)('what it stores is there for the next process, whoever it runs as', slowly, async () => {
  const script = `
    const { readFileSync, writeFileSync } = require('fs')
    let file
    on.create = (q) => { file = q.world.storeDirectory + '/kept'; say({ id: q.id, value: offered }) }
    on.invoke = (q) => {
      const kept = (() => { try { return readFileSync(file, 'utf8') } catch { return 'nothing' } })()
      writeFileSync(file, String(q.input))
      say({ id: q.id, value: kept })
    }
  `
  const location = await scriptInContainer('stores', script)
  const { definition } = await started(location)
  const store = createDurableStore()
  const lives = async (input: unknown) => {
    const client = (await definition.create(worldOf({ store }))) as Client
    return (client.operations['contact.read'] as Operation)(input as never, callOf())
  }
  expect(await lives('one')).toBe('nothing')
  expect(await lives('two')).toBe('one')
})

test.skipIf(!engine)('one that is a server in its container is asked over HTTP', slowly, async () => {
  const script = `
    const answers = { hello: { value: facts }, create: { value: offered } }
    setTimeout(() => require('http').createServer((request, response) => {
      let text = ''
      request.on('data', (part) => (text += part)).on('end', () => {
        const question = JSON.parse(text)
        if (question.do === 'notes' || request.url !== '/driver') return response.writeHead(404).end()
        response.end(JSON.stringify(answers[question.do] ?? { value: question.input }))
      })
    }).listen(9000), 300)
  `
  const { ask } = await started(await scriptInContainer('serves', script, { serves: { port: 9000, path: '/driver' } }))
  expect(await ask({ id: 1 })).toEqual({ id: 1 })
})

test.skipIf(!engine)('what its process printed is its log', slowly, async () => {
  const script = `console.error('for people'); console.log('between messages')`
  const { ask } = await started(await scriptInContainer('prints', script))
  await ask(1)
  const [log] = await endDrivers()
  expect(log?.text.split('\n').toSorted()).toEqual(['', 'between messages', 'for people'])
})

test.skipIf(!engine).for([
  [
    'exits',
    `on.invoke = () => { console.error('TypeError: x is not a function'); process.exit(3) }`,
    /^exit code 3; its log ends: TypeError: x is not a function$/u,
  ],
  [
    'takes too much memory',
    `on.invoke = () => { const kept = []; for (;;) kept.push(Buffer.alloc(10e6, 1)) }`,
    /^exit code 137: it took more memory than its 300 MB$/u,
  ],
  ['answers twice', `on.invoke = (q) => { say({ id: q.id }); say({ id: q.id }) }`, /^it answered question \d twice$/u],
  ['floods', `on.invoke = () => process.stdout.write('x'.repeat(11e6) + '\\n')`, /more than 10\d+ bytes/u],
] as const)('one that %s in the middle is told of, with the reason', slowly, async ([name, script, reason]) => {
  const { ask, raised } = await started(await scriptInContainer(`dies-${name.replaceAll(' ', '-')}`, script))
  void ask(1)
  expect((await raised).message).toMatch(reason)
})

test.skipIf(!engine).for([
  [
    'exits at once',
    `console.error('no config'); process.exit(3)`,
    /it ended before it said hello \(exit code 3\)\.\nIt printed:\n {2}no config/u,
  ],
  ['prints garbage', `process.stdout.write(Buffer.alloc(11e6, 255))`, /it printed a line of more than/u],
] as const)('one that %s is the mistake of its user', slowly, async ([name, script, says]) => {
  const location = await scriptInContainer(`fails-${name.replaceAll(' ', '-')}`, script)
  expect(await problemOf(location)).toMatch(says)
})

test.skipIf(!engine)('a program that is not in its image is told', slowly, async () => {
  const location = inContainer(await nodeImage(), { command: ['python3', 'desk.py'] })
  expect(await problemOf(location)).toMatch(/cannot be used: .*"python3": executable file not found/u)
})

test.skipIf(!engine)('the example in JavaScript says who it is', slowly, async () => {
  const { definition } = await started(inContainer(await exampleImage()))
  expect(definition.name).toBe('javascript-desk')
})
