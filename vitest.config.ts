// Three kinds of tests. Pure ones share processes, and with them the modules that all of them load. What plays in virtual time keeps
// its process to itself. What plays in real time waits for the others to be through: a machine that is busy would be its excuse.

import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** They patch nothing, and what their modules remember changes no answer. */
const pure = ['fault', 'fuzz', 'history', 'import', 'oracle', 'report', 'scenario', 'scene', 'server'].map(
  (folder) => `src/${folder}/**/*.test.ts`,
)
/** With those that use a container engine, where each may find and remove what another has left, and those of clients that spin, which
 * have seconds. */
const realTime = [
  'fixtures/drivers/*.test.ts',
  'src/client/driver/container-link.test.ts',
  'src/container/*.test.ts',
  'src/engine/redis/container-host.test.ts',
  'src/msw/incident.test.ts',
  'src/transport/{loopback,parity,tls-parity}.test.ts',
  'src/transport/http-stack/parity.test.ts',
  'test/{containers,harness-image,isolation,loopback,msw-in-a-browser,redis}.test.ts',
]

/** At least two, because everybody waits now and then: for processes, for a disk, for a browser. */
const maxWorkers = Math.max(2, availableParallelism() - 1)

export default defineConfig({
  // The package by its name is what is built of it; tests are about the code as it is.
  resolve: {
    alias: [
      { find: /^brownout$/u, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
      { find: /^brownout\/msw$/u, replacement: fileURLToPath(new URL('src/msw/index.ts', import.meta.url)) },
      { find: /^brownout\/vitest$/u, replacement: fileURLToPath(new URL('src/vitest/index.ts', import.meta.url)) },
    ],
  },
  test: {
    testTimeout: 30_000,
    // As many as the runs that a command plays at once.
    maxConcurrency: 2,
    // Compiled code is kept for the processes in which clients run, where the command keeps it.
    env: { NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] || join(tmpdir(), 'node-compile-cache') },
    projects: [
      {
        extends: true,
        test: { name: 'pure', include: pure, isolate: false, maxWorkers, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: 'virtual-time',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'fixtures/**/*.test.ts'],
          exclude: [...pure, ...realTime],
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'real-time', include: realTime, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
