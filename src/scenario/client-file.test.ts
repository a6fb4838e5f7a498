// Goal: a client file means what it says, and every mistake in it is answered with its place.

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import { isUserError } from '#context/user-error.ts'
import { locateClient, parseClientFile } from './client-file.ts'
import { clientSchemaText } from './json-schema.ts'

const project = mkdtempSync(join(tmpdir(), 'brownout-'))
for (const folder of ['clients', 'My_App']) mkdirSync(join(project, folder))
afterAll(() => rmSync(project, { recursive: true }))

const parse = (source: string) =>
  parseClientFile(source, `${project}/clients/desk.client.yaml`, 'clients/desk.client.yaml')

test('a command starts where its file is, or relative to it', () => {
  const url = `file://${project}/clients/desk.client.yaml`
  expect(parse('command: [python3, desk.py]')).toEqual({
    name: 'clients/desk.client.yaml',
    url,
    command: ['python3', 'desk.py'],
    cwd: `${project}/clients`,
    env: {},
  })
  expect(parse('command: [./run]\ncwd: ../app\nenv: { LEVEL: debug }')).toMatchObject({
    cwd: `${project}/app`,
    env: { LEVEL: 'debug' },
  })
  expect(parse('driver: http://127.0.0.1:9000/driver')).toEqual({
    name: 'clients/desk.client.yaml',
    url,
    driver: 'http://127.0.0.1:9000/driver',
  })
})

test('a container is an image, or a folder to build it of, and has limits', () => {
  expect(parse('image: desk:1.4')).toEqual({
    name: 'clients/desk.client.yaml',
    url: `file://${project}/clients/desk.client.yaml`,
    container: { image: 'desk:1.4', env: {}, memoryBytes: limits.containerBytes, cpus: limits.containerCpus },
  })
  const tag = expect.stringMatching(/^brownout-client\/my-app:[0-9a-f]{12}$/u)
  expect(parse('build: ../My_App\nmemory: 2GB\ncpus: 0.5\nport: 9000\ncommand: [serve]')).toMatchObject({
    container: {
      image: { context: `${project}/My_App`, dockerfile: 'Dockerfile', tag },
      memoryBytes: 2e9,
      cpus: 0.5,
      serves: { port: 9000, path: '/' },
      command: ['serve'],
    },
  })
  expect(parse('build: { context: ., dockerfile: test.Dockerfile }')).toMatchObject({
    container: { image: { context: `${project}/clients`, dockerfile: 'test.Dockerfile' } },
  })
})

test('a Redis of its own is any, an image, or a command', () => {
  const services = (redis: string) => parse(`command: [a]\nservices: { redis: ${redis} }`).services
  expect(services('{}')).toEqual({ redis: {} })
  expect(services('{ image: redis:7-alpine }')).toEqual({ redis: { image: 'redis:7-alpine' } })
  expect(services('{ command: [redis-server] }')).toEqual({ redis: { command: ['redis-server'] } })
})

test.for<[string, string]>([
  ['', 'desk.client.yaml: the file is empty'],
  ['- 1', 'a client is a map'],
  ['{}', 'neither what to start nor which server to ask'],
  [
    'command: python3 desk.py',
    'desk.client.yaml:1:10: `client.command` must be a list of words, such as [python3, desk.py]',
  ],
  ['command: []', 'must be a list of words'],
  ['command: [python3, 5]', 'desk.client.yaml:1:20: `client.command.1` must be a text'],
  ['comand: [python3]', 'Did you mean `command`?'],
  ['command: [a]\nenv: { "1A": b }', 'must be the name of a variable'],
  ['command: [a]\nenv: { A: 1 }', '`client.env.A` must be a text'],
  ['driver: https://desk.example', 'must be the address of a server'],
  ['driver: http://127.0.0.1:99999', 'desk.client.yaml:1:9: there is no port 99999'],
  ['driver: http://desk.example:9000', 'desk.client.yaml:1:9: a server on another machine cannot reach the simulated'],
  ['driver: http://127.0.0.1:1\ncwd: /', 'desk.client.yaml:2:1: `cwd` is of no use beside `driver`'],
  ['command: [a]\nservices: { radis: {} }', 'Did you mean `redis`?'],
  ['command: [a]\nservices: { redis: { image: "a b" } }', 'must be the name of an image'],
  ['command: [a]\nservices: { redis: { command: redis-server } }', 'must be a list of words, such as [redis-server]'],
  ['command: [a]\nservices: { redis: { image: a, command: [b] } }', 'an image or a command, and not both'],
  ['command: [a', 'desk.client.yaml:1:'],
  ['image: Desk of ours', '`client.image` must be the name of an image, such as desk:1.4'],
  [
    'image: desk\nmemory: lots',
    'desk.client.yaml:2:9: `client.memory` must be an amount of memory such as 512MB or 2GB',
  ],
  ['image: desk\nmemory: 1MB', '`client.memory` must be an amount of memory such as 512MB or 2GB'],
  ['image: desk\ncpus: 0', '`client.cpus` must be a number of processors from 0.1 to 64'],
  ['image: desk\nport: 0', '`client.port` must be a whole number from 1 to 65535'],
  ['image: desk\npath: /driver', '`path` is of no use without `port`'],
  ['image: desk\nbuild: .', 'desk.client.yaml:2:1: `build` is of no use beside `image`'],
  ['build: ./nowhere', 'desk.client.yaml:1:8: there is no folder ./nowhere to build an image of'],
  ['build: { context: ./nowhere }', 'desk.client.yaml:1:19: there is no folder ./nowhere'],
  ['command: ["", a]', 'desk.client.yaml:1:11: the program to start has no name'],
  ['command: [a]\nservices: { redis: { command: [""] } }', 'the server to start has no name'],
  ['build: .\ncwd: app', 'desk.client.yaml:2:1: `cwd` is of no use beside `build`'],
  ['build: { dockerfile: a }', '`client.build.context` is missing'],
  ['command: [a]\nmemory: 1GB', 'desk.client.yaml:2:1: `memory` is of no use beside `command`'],
  ['driver: http://127.0.0.1:1\nimage: desk', 'desk.client.yaml:2:1: `image` is of no use beside `driver`'],
])('%j is answered with: %s', ([source, says]) => {
  const error = ((): unknown => {
    try {
      return parse(source)
    } catch (thrown) {
      return thrown
    }
  })()
  expect(isUserError(error)).toBe(true)
  expect(String(error)).toContain(says)
})

test('other clients are found as ever, and a file that is not there is told', () => {
  expect(locateClient('sdk', '/')).toMatchObject({ name: 'sdk' })
  expect(() => locateClient('./no.client.yaml', '/nowhere')).toThrow('There is no client file "./no.client.yaml"')
})

test('the checked-in schema is up to date (otherwise: npm run schemas)', () => {
  const file = new URL('../../schemas/v1/client.schema.json', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(clientSchemaText())
})
