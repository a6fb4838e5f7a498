// `node bench/container-cycles.ts [image] [cycles]`: starts and ends a client in a container again and again, and counts what is left: containers,
// networks, volumes, processes, ports and descriptors. Exit code 1 when anything is.

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { endDrivers } from '#client/driver/roster.ts'
import { loadDriver } from '#client/driver/load-driver.ts'
import { worldOf } from '#client/driver/test-driver.ts'
import { containerEngine } from '#container/engine.ts'
import { findImage } from '#container/image.ts'
import type { Client } from '#client/client.ts'

const [name = 'brownout-test/desk', cycles = '200'] = process.argv.slice(2)
const docker = await containerEngine()
const image = await findImage(docker, name)
const location = {
  name: 'desk.client.yaml',
  url: import.meta.url,
  container: { image, env: {}, memoryBytes: 300e6, cpus: 1 },
}

async function cycle(nth: number): Promise<void> {
  const definition = await loadDriver(location)
  const client = (await definition.create(worldOf())) as Client
  // Half of them end as they should, the others are killed.
  if (nth % 2 === 0) await client.close?.()
  await endDrivers()
}

async function left() {
  const filters = { label: ['brownout.run'] }
  const labelled = JSON.stringify(filters)
  // Others may use the same engine.
  const isOurs = (labels: Readonly<Record<string, string>> = {}) =>
    labels['brownout.owner']?.includes(`/${process.pid}.`)
  const listening = execFileSync('sh', ['-c', `ss -ltnp 2>/dev/null | grep -c "pid=${process.pid}," || true`])
  return {
    containers: (await docker.listContainers({ all: true, filters })).filter(({ Labels }) => isOurs(Labels)).length,
    networks: (await docker.listNetworks({ filters: labelled })).filter(({ Labels }) => isOurs(Labels)).length,
    volumes: (await docker.listVolumes({ filters: labelled })).Volumes.filter(({ Labels }) => isOurs(Labels)).length,
    children: readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').length - 1,
    ports: Number(String(listening)),
    descriptors: readdirSync('/proc/self/fd').length,
  }
}

await cycle(0)
const before = await left()
const startedAt = performance.now()
for (let nth = 1; nth <= Number(cycles); nth += 1) await cycle(nth)
const seconds = (performance.now() - startedAt) / 1_000
const after = await left()
const leaks = Object.entries(after).filter(([what, count]) => count > before[what as keyof typeof before])
console.log('before', before)
console.log('after ', after)
console.log(
  `${cycles} cycles in ${seconds.toFixed(0)} s: ${leaks.length === 0 ? 'nothing is left' : `left: ${leaks.map(([what]) => what).join(', ')}`}`,
)
process.exit(leaks.length === 0 ? 0 : 1)
