// Clients in containers for tests: the example in JavaScript, or a few lines on top of a driver that behaves.

import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { preludeOfDriver } from '#client/driver/test-driver.ts'
import type { ContainerLocation } from '#client/resolve-client.ts'
import { imageOf, type Files } from './engine.ts'

const drivers = join(import.meta.dirname, '../../fixtures/drivers/javascript')

type More = Partial<Omit<ContainerLocation['container'], 'image'>>

export function inContainer(image: string, more: More = {}): ContainerLocation {
  const container = { image, env: {}, memoryBytes: 300e6, cpus: 1, ...more }
  return { name: 'desk.client.yaml', url: import.meta.url, container }
}

/** The example in JavaScript. */
export async function exampleImage(): Promise<string> {
  const files = ['driver.mjs', 'desk.mjs'].map((name) => [name, { from: join(drivers, name) }] as const)
  return imageOf('desk', Object.fromEntries(files), ['node', 'desk.mjs'])
}

/** `script` may change what is in `on`, `facts` and `offered`. */
export async function scriptInContainer(name: string, script: string, more: More = {}): Promise<ContainerLocation> {
  return inContainer(await imageOf(name, {}, ['node', '-e', preludeOfDriver + script], `LABEL called=${name}`), more)
}

const root = join(import.meta.dirname, '../..')
const sound = join(root, 'fixtures/clients/sound')

/** A client of the fixtures that is a module in TypeScript, driven by the example: what it needs of the package is a few lines. */
export async function moduleImage(name: string): Promise<string> {
  const support = readdirSync(join(sound, 'support')).map((file) => `support/${file}`)
  const sources = [`${name}.ts`, ...support].map((path) => [`sound/${path}`, { from: join(sound, path) }] as const)
  return imageOf(name, { ...Object.fromEntries(sources), ...driven(`./sound/${name}.ts`) }, ['node', 'main.mjs'])
}

/** The client of the fixtures whose copies are in a Redis, with the packages it takes. */
export async function redisClientImage(): Promise<string> {
  const paths = globSync(
    [
      'fixtures/clients/redis/{brisk,support/*}.ts',
      'fixtures/clients/sound/support/*.ts',
      'fixtures/clients/resilient/*.ts',
      ...packagesOf('ioredis').map((name) => `node_modules/${name}/**/*.{js,json}`),
    ],
    { cwd: root },
  )
  const files = Object.fromEntries(paths.map((path) => [path, { from: join(root, path) }] as const))
  const image = { ...files, ...driven('./fixtures/clients/redis/brisk.ts') }
  return imageOf('redis-desk', image, ['node', 'main.mjs'])
}

/** With those it needs itself. */
function packagesOf(name: string): readonly string[] {
  const text = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Readonly<Record<string, string>> }
  return [name, ...Object.keys(dependencies).flatMap(packagesOf)]
}

/** What drives a module from a container. What Node fetches with is loaded and has fetched before the first question, as in a process that has
 * been serving: the clients in a hurry have 900 ms. */
function driven(module: string): Files {
  return {
    'driver.mjs': { from: join(drivers, 'driver.mjs') },
    'main.mjs': {
      text: `import { createServer } from 'node:http'
import { once } from 'node:events'
import { drive } from './driver.mjs'
import { client } from '${module}'
const server = createServer((_, response) => response.end())
await once(server.listen(0, '127.0.0.1'), 'listening')
await (await fetch(\`http://127.0.0.1:\${server.address().port}/\`)).text()
server.closeAllConnections()
server.close()
drive(client)
`,
    },
    'package.json': { text: '{"type":"module"}' },
    'node_modules/brownout/package.json': { text: '{"type":"module","exports":"./index.mjs"}' },
    'node_modules/brownout/index.mjs': {
      text: `export const defineClient = (definition) => definition\nexport * from '../../driver.mjs'\n`,
    },
  }
}
