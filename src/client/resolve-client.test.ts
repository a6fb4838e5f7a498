import { fileURLToPath } from 'node:url'
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

test.for<[string, RegExp]>([
  ['./nope.ts', /^Give a file, or one of: resilient, runbook, sdk, or one of \d+ more in broken, redis and sound\.$/u],
  ['', /^Give a file, or one of: resilient, runbook, sdk, or one of/u],
  ['honest', /resilient, runbook, sdk, sound\/plain-honest, or one of \d+ more/u],
  ['timeout', /resilient, runbook, sdk, broken\/\S*timeout\S*, /u],
])('for %j the hint has names that help, and no more', ([written, says]) => {
  const told = () => resolveClient(written, cwd)
  expect(told).toThrow(expect.objectContaining({ hint: expect.stringMatching(says) }))
  expect(told).toThrow(expect.objectContaining({ hint: expect.stringMatching(/^.{1,200}$/u) }))
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

test('a directory without an entry is called one, and names a file in it', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const answer = (specifier: string): string => {
    try {
      return resolveClient(specifier, root).name
    } catch (error) {
      return String(error)
    }
  }
  for (const specifier of ['./src/client', './src/client/'])
    expect(answer(specifier)).toBe(
      `The client "${specifier}" is a directory without index.ts, index.js, index.mjs.\n` +
        'Name the file itself, such as "./src/client/check-client.ts".',
    )
  expect(answer('./docs')).toMatch(/a directory without [^\n]*\nName the file itself\.$/u)
})
