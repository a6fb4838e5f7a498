// On what it was measured: without that a figure says nothing.

import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'

const compared = ['intercom-client', 'msw', 'nock', 'undici'] as const

export type Machine = {
  readonly date: string
  readonly cpu: string
  readonly cores: number
  readonly memoryGB: number
  readonly system: string
  readonly node: string
  /** How many wanted a processor in the minute before. Above the number of cores nothing but ratios means anything. */
  readonly load: number
  readonly packages: Readonly<Record<string, string>>
}

export function thisMachine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 1e9),
    system: `${process.platform} ${release()}`,
    node: process.version,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    packages: Object.fromEntries(compared.map((name) => [name, versionOf(name)])),
  }
}

/** Not by its name: packages need not show their manifest. */
function versionOf(name: string): string {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}

export function machineInWords({ date, cpu, cores, memoryGB, system, node, load, packages }: Machine): string {
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`)
  return [
    `${date}, ${cpu}, ${cores} cores, ${memoryGB} GB, ${system}, load ${load}`,
    `Node ${node}, ${versions.join(', ')}`,
  ].join('\n')
}
