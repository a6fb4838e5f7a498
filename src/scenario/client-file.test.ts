// Goal: a client file means what it says, and every mistake in it is answered with its place.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { locateClient, parseClientFile } from './client-file.ts'
import { clientSchemaText } from './json-schema.ts'

const parse = (source: string) =>
  parseClientFile(source, '/project/clients/desk.client.yaml', 'clients/desk.client.yaml')

test('a command starts where its file is, or relative to it', () => {
  const url = 'file:///project/clients/desk.client.yaml'
  expect(parse('command: [python3, desk.py]')).toEqual({
    name: 'clients/desk.client.yaml',
    url,
    command: ['python3', 'desk.py'],
    cwd: '/project/clients',
    env: {},
  })
  expect(parse('command: [./run]\ncwd: ../app\nenv: { LEVEL: debug }')).toMatchObject({
    cwd: '/project/app',
    env: { LEVEL: 'debug' },
  })
  expect(parse('driver: http://127.0.0.1:9000/driver')).toEqual({
    name: 'clients/desk.client.yaml',
    url,
    driver: 'http://127.0.0.1:9000/driver',
  })
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
  ['driver: http://127.0.0.1:1\ncwd: /', 'desk.client.yaml:2:1: `cwd` is of no use beside `driver`'],
  ['command: [a', 'desk.client.yaml:1:'],
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
