import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as incomingText } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { leftOf, nodeImage, theEngine, engine } from '../../test/containers/engine.ts'
import type { Container } from './engine.ts'
import { Lodging, type Wanted } from './lodging.ts'

const timeout = 60_000
const noName = 'getaddrinfo EAI_AGAIN api.intercom.io'

async function running(lodging: Lodging, code: string, more: Partial<Wanted> = {}): Promise<Container> {
  const image = await nodeImage()
  const container = await lodging.create({
    image,
    command: ['node', '-e', code],
    memoryBytes: 200e6,
    cpus: 1,
    ...more,
  })
  await container.start()
  return container
}

async function exitCode(container: Container): Promise<number> {
  return ((await container.wait()) as { readonly StatusCode: number }).StatusCode
}

test.skipIf(!engine)('a container reaches this machine by its name, and nothing else', { timeout }, async () => {
  const lodging = await Lodging.open(theEngine())
  const asked: string[] = []
  const server = createServer((request, response) => {
    void incomingText(request).then((text) => {
      asked.push(`${request.headers.host} ${text}`)
      response.end('ok')
    })
  })
  try {
    await new Promise<void>((resolve) => server.listen(0, lodging.reach.address, resolve))
    const { port } = server.address() as AddressInfo
    const code = `
      const tried = (work) => Promise.race([work(), sleep(2_000)]).then(() => 'connected', (error) => error.message)
      const sleep = (ms) => new Promise((_, reject) => setTimeout(() => reject(new Error('silence')), ms))
      const connect = (host) => new Promise((done, fail) => net.connect(443, host, done).on('error', fail))
      Promise.all([tried(() => connect('203.0.113.1')), tried(() => dns.promises.lookup('api.intercom.io'))])
        .then((far) => fetch('http://${lodging.hostName}:${port}/', { method: 'POST', body: far.join() }))
        .then(() => process.exit(7), () => process.exit(8))`
    const container = await running(lodging, code)
    expect(await exitCode(container)).toBe(7)
    expect(asked).toEqual([`${lodging.hostName}:${port} silence,${noName}`])
  } finally {
    server.close()
    await lodging.close()
  }
  expect(await leftOf(lodging.run)).toBe(0)
})

test.skipIf(!engine)('a volume outlives its container, and not the run', { timeout }, async () => {
  const lodging = await Lodging.open(theEngine())
  try {
    const volume = { name: await lodging.makeVolume('store'), at: '/kept' }
    const writer = await running(lodging, `fs.writeFileSync('/kept/file', 'here')`, { volume })
    expect(await exitCode(writer)).toBe(0)
    await lodging.remove(writer)
    const reader = await running(lodging, `process.exit(fs.readFileSync('/kept/file', 'utf8') === 'here' ? 5 : 6)`, {
      volume,
    })
    expect(await exitCode(reader)).toBe(5)
  } finally {
    await lodging.close()
  }
  expect(await leftOf(lodging.run)).toBe(0)
})

test.skipIf(!engine)('more memory than it may take ends it, and that is told', { timeout }, async () => {
  const lodging = await Lodging.open(theEngine())
  try {
    const code = `const kept = []; for (;;) kept.push(Buffer.alloc(10e6, 1))`
    const container = await running(lodging, code, { memoryBytes: 100e6 })
    expect(await exitCode(container)).toBe(137)
    const { State } = await container.inspect()
    expect(State.OOMKilled).toBe(true)
  } finally {
    await lodging.close()
  }
})

test.skipIf(!engine)(
  'containers call each other by their aliases, and this machine by their address',
  { timeout },
  async () => {
    const lodging = await Lodging.open(theEngine())
    try {
      const server = await running(lodging, `http.createServer((_, r) => r.end('ok')).listen(80)`, { alias: 'cache' })
      const asks = `const ask = () => fetch('http://cache/').then(() => process.exit(9), () => setTimeout(ask, 50)); ask()`
      expect(await exitCode(await running(lodging, asks))).toBe(9)
      const answer = await fetch(`http://${await lodging.addressOf(server)}/`)
      expect(await answer.text()).toBe('ok')
    } finally {
      await lodging.close()
    }
  },
)
