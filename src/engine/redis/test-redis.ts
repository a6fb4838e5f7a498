// Whether this machine has a Redis to test with. Where it has none such tests skip, and say so.

import { spawnSync } from 'node:child_process'

const found = spawnSync('redis-server', ['--version'])

export const hasRedis = found.status === 0
export const without = hasRedis ? '' : ' (skipped: there is no redis-server on PATH)'
if (!hasRedis) console.warn('There is no redis-server on PATH: tests that need a real Redis are skipped.')
