import { expect, test } from 'vitest'
import { resolveServices } from './services.ts'

const resolve = (services: unknown) => resolveServices({ name: 'desk', services })

test('a Redis is any that is at hand, an image, or a command', () => {
  expect(resolve(undefined)).toEqual({})
  expect(resolve({})).toEqual({})
  expect(resolve({ redis: true })).toEqual({ redis: {} })
  expect(resolve({ redis: {} })).toEqual({ redis: {} })
  expect(resolve({ redis: { image: 'registry.local:5000/redis:7-alpine' } })).toEqual({
    redis: { image: 'registry.local:5000/redis:7-alpine' },
  })
  expect(resolve({ redis: { command: ['redis-server', '--maxmemory', '10mb'] } })).toEqual({
    redis: { command: ['redis-server', '--maxmemory', '10mb'] },
  })
})

test.for<[unknown, string]>([
  ['redis', '"services" of the client "desk" must be an object'],
  [{ radis: true }, 'has an unknown field "radis".'],
  [{ redis: 'yes' }, '"redis" of the client "desk" must be an object'],
  [{ redis: { imgae: 'redis' } }, 'has an unknown field "imgae".'],
  [{ redis: { image: 'redis', command: ['redis-server'] } }, 'names both an image and a command'],
  [{ redis: { image: '--privileged' } }, 'must be the name of an image'],
  [{ redis: { image: 7 } }, 'must be the name of an image'],
  [{ redis: { command: 'redis-server' } }, 'must be a list of words'],
  [{ redis: { command: [] } }, 'must be a list of words'],
])('%j is answered with: %s', ([services, says]) => {
  expect(() => resolve(services)).toThrow(says)
})
