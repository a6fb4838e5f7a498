import { expect, test } from 'vitest'
import { isShipped, resolveClient, shippedClients } from './resolve-client.ts'

const cwd = import.meta.dirname

test('lists the shipped clients by the names under which they are found', () => {
  const names = shippedClients()
  expect(names).toContain('sdk')
  expect(names).toContain('resilient')
  expect(names).toContain('broken/no-timeout')
  expect(names.filter((name) => /support|test|index/u.test(name))).toEqual([])
  for (const name of names) expect(resolveClient(name, cwd)).toMatchObject({ name })
  expect(names.every((name) => isShipped(resolveClient(name, cwd).url))).toBe(true)
})

test('names a file relative to the working directory, on every machine the same', () => {
  expect(resolveClient('./client.ts', cwd)).toEqual({
    name: 'client.ts',
    url: new URL('client.ts', import.meta.url).href,
  })
  expect(resolveClient('../client/client.ts', cwd)).toMatchObject({ name: 'client.ts' })
  expect(resolveClient('../index.ts', cwd)).toMatchObject({ name: 'index.ts' })
})

test.for([
  '',
  '  ',
  'broken',
  'broken/support',
  'broken/support/access',
  'resilient/waiting',
  'sound/plain-honst',
  '../../..',
  '/dev/null',
])('refuses %j', (specifier) => {
  expect(() => resolveClient(specifier, cwd)).toThrow(expect.objectContaining({ name: 'UserError' }))
})
