// Goal: the suite finds each way in which a driver breaks the protocol, and says it of the right thing. Method: a small driver that is
// right, and one edit of it for each mistake.

import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { driverOf } from '#client/driver/test-driver.ts'
import { hasRedis, without } from '../redis/test-redis.ts'
import { checkDriver } from './check-driver.ts'

/** Reads contacts from the stub as it should. */
const sound = `
const http = require('http')
let world
const requests = new Map()
on.create = (q) => { world = q.world; say({ id: q.id, value: offered }) }
let get = (q, then) => {
  const headers = traced(q)
  const request = http.get(world.workspaces[q.workspace].url + '/contacts/' + q.input.contact.id, { headers }, (response) => {
    const parts = []
    response.on('data', (part) => parts.push(part))
    response.on('end', () => then(response.statusCode, Buffer.concat(parts)))
  })
  request.on('error', () => say({ id: q.id, error: { name: 'AbortError', message: 'given up' } }))
  requests.set(q.id, request)
}
let traced = (q) => ({ traceparent: q.traceparent })
let answer = (q, status, body) =>
  status === 200
    ? say({ id: q.id, value: JSON.parse(body) })
    : say({ id: q.id, error: { name: 'ApiError', message: 'answered ' + status, status } })
on.invoke = (q) => q.operation === 'contact.read'
  ? get(q, (status, body) => answer(q, status, body))
  : say({ id: q.id, error: { name: 'Error', message: 'there is no such operation' } })
on.cancel = (q) => requests.get(q.id)?.destroy()
process.stdin.on('end', () => process.exit(0))
`

test('a driver that is right passes every check', async () => {
  const all = await checkDriver(driverOf(sound))
  expect(all.filter(({ verdict }) => verdict === 'fail')).toEqual([])
  expect(all.filter(({ verdict }) => verdict === 'skipped').map(({ name }) => name)).toEqual([
    'what is offered answers',
  ])
})

test('one that offers no close ends with its input', async () => {
  const all = await checkDriver(driverOf(`${sound} offered.offers = []`))
  expect(all.at(-1)).toMatchObject({ verdict: 'pass', told: 'it offers no close, and ended with its input' })
})

test('one whose operations fail when they are many is told of time-outs, too', async () => {
  const busy = `${sound}
    let open = 0
    const invoke = on.invoke
    on.invoke = (q) => {
      open += 1
      if (open > 20) return say({ id: q.id, error: { name: 'TimeoutError', message: 'took too long' } })
      invoke(q)
    }`
  const many = (await checkDriver(driverOf(busy))).find(({ name }) => name.startsWith('50 operations'))
  expect(many).toMatchObject({ verdict: 'fail', todo: expect.stringContaining('if the time-out') })
})

test('one that insists on HTTPS is checked over HTTPS, and trusts whom it is told to', async () => {
  const all = await checkDriver({ ...driverOf(sound.replace("require('http')", "require('https')")), https: true })
  expect(all.filter(({ verdict }) => verdict === 'fail')).toEqual([])
})

test.skipIf(!hasRedis)(`a driver that needs a Redis has one${without}`, async () => {
  const needy = `${sound}
    on.create = (q) => {
      world = q.world
      const { port } = new URL(world.services.redis)
      require('net').connect(port, '127.0.0.1').end('PING\\r\\n').once('data', () => say({ id: q.id, value: offered }))
    }`
  const all = await checkDriver({ ...driverOf(needy), services: { redis: true } })
  expect(all.filter(({ verdict }) => verdict === 'fail')).toEqual([])
})

test.for<[string, string, string, RegExp]>([
  [
    'does not answer create',
    `on.create = (q) => say({ id: q.id, error: { name: 'KeyError', message: 'url' } })`,
    'it says hello and creates its client',
    /KeyError: url/u,
  ],
  ['sends no traceparent', `traced = () => ({})`, 'requests carry the traceparent of their operation', /carried none/u],
  [
    'keeps the trace of the first',
    `let kept; traced = (q) => ({ traceparent: (kept ??= q.traceparent) })`,
    'requests carry the traceparent of their operation',
    /carried "00-/u,
  ],
  [
    'works on one thing at a time',
    `
    const invoke = on.invoke, queue = []
    let busy = false
    const next = () => { const q = busy ? undefined : queue.shift(); if (q) { busy = true; invoke(q) } }
    on.invoke = (q) => { queue.push(q); next() }
    const send = say
    answer = ((before) => (...about) => { before(...about); busy = false; next() })(answer)
    on.cancel = ((before) => (q) => { before(q); busy = false; next() })(on.cancel)
  `,
    'operations overlap, and each keeps its own trace',
    /second was not begun/u,
  ],
  [
    'takes one question after the other, and gives up on each soon',
    `
    const queue = []
    const invoke = on.invoke
    let busy = false
    const next = () => { const q = busy ? undefined : queue.shift(); if (q) { busy = true; invoke(q) } }
    on.invoke = (q) => {
      queue.push(q)
      next()
      setTimeout(() => requests.get(q.id)?.destroy(), 500)
    }
    const print = say
    const freed = (message) => { print(message); if (busy) { busy = false; next() } }
    answer = (q, status, body) => freed(
      status === 200 ? { id: q.id, value: JSON.parse(body) } : { id: q.id, error: { name: 'ApiError', message: 'answered ' + status, status } },
    )
    get = (q, then) => {
      const request = http.get(world.workspaces[q.workspace].url + '/contacts/' + q.input.contact.id, { headers: traced(q) }, (response) => {
        const parts = []
        response.on('data', (part) => parts.push(part))
        response.on('end', () => then(response.statusCode, Buffer.concat(parts)))
      })
      request.on('error', () => freed({ id: q.id, error: { name: 'AbortError', message: 'given up' } }))
      requests.set(q.id, request)
    }
  `,
    'operations overlap, and each keeps its own trace',
    /second was not begun/u,
  ],
  [
    'reads bodies as latin1',
    `answer = ((before) => (q, status, body) => before(q, status, body.toString('latin1')))(answer)`,
    'text of any script survives',
    /came back as something else/u,
  ],
  [
    'throws texts',
    `answer = ((before) => (q, status, body) => status === 200 ? before(q, status, body) : say({ id: q.id, error: 'failed' }))(answer)`,
    'an error has a name and a message',
    /it came as "failed"/u,
  ],
  ['does not hear cancel', `on.cancel = () => {}`, 'a cancelled operation ends', /not answered within 3 s/u],
  [
    'answers any operation',
    `const invoke = on.invoke; on.invoke = (q) => q.operation === 'contact.read' ? invoke(q) : say({ id: q.id, value: null })`,
    'an operation that there is not is an error',
    /answered with a value/u,
  ],
  [
    'prints between its messages',
    `on.close = (q) => say({ id: q.id }); console.log('Listening on 3000')`,
    'standard output holds messages only',
    /17 bytes of it were none: Listening on 3000/u,
  ],
  [
    'has a health that says nothing',
    `offered.offers = ['health', 'close']; on.health = (q) => say({ id: q.id, value: 'fine' })`,
    'what is offered answers',
    /health: not a report/u,
  ],
  [
    'dies of what it does not know',
    `const invoke = on.invoke; on.invoke = (q) => q.operation === 'contact.read' ? invoke(q) : process.exit(3)`,
    'an operation that there is not is an error',
    /exit code 3/u,
  ],
  [
    'stays after close',
    `setInterval(() => {}, 1000); process.stdin.removeAllListeners('end')`,
    'close is answered, and the process ends by itself',
    /still there 5 s after/u,
  ],
])('one that %s is told so', async ([, edit, check, says]) => {
  const all = await checkDriver(driverOf(sound + edit))
  const [first] = all.filter(({ verdict }) => verdict === 'fail')
  expect(first).toMatchObject({ name: check, told: expect.stringMatching(says), todo: expect.any(String) })
})

test('one that does not start is no matter of checks', async () => {
  const error: unknown = await checkDriver(driverOf(`process.exit(3)`)).catch((thrown: unknown) => thrown)
  expect(isUserError(error)).toBe(true)
})
