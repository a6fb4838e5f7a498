// The manifests of docs/kubernetes, and the workflows of docs/several-machines.md. Goal: whoever applies them gets what one machine would have
// written. Method: pods are processes here, started by the very lines of the manifests; there is no cluster. What a cluster demands of a
// manifest and no parser sees is checked as far as these need it.

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { exitCodes } from '#cli/exit-code.ts'
import { filesIn } from './merged-files.ts'
import { smallDesk } from './small-desk.ts'

type Rule = {
  readonly action: string
  readonly onExitCodes?: {
    readonly containerName: string
    readonly operator: string
    readonly values: readonly number[]
  }
}
type Mount = { readonly name: string; readonly mountPath: string }
type Volume = { readonly name: string; readonly persistentVolumeClaim?: { readonly claimName: string } }
type Container = {
  readonly name: string
  readonly command: readonly string[]
  readonly args: readonly string[]
  readonly env?: readonly { readonly name: string; readonly value: unknown }[]
  readonly volumeMounts: readonly Mount[]
}
type Job = {
  readonly spec: {
    readonly completionMode?: string
    readonly completions?: number
    readonly backoffLimitPerIndex?: number
    readonly podFailurePolicy: { readonly rules: readonly Rule[] }
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string
        readonly securityContext: { readonly runAsUser: number }
        readonly containers: readonly [Container]
        readonly volumes: readonly Volume[]
      }
    }
  }
}

const root = join(import.meta.dirname, '..')
const slowly = { timeout: 300_000 }
const sharded = ['library', 'campaign'] as const
const textOf = (path: string) => readFileSync(join(root, path), 'utf8')
const manifest = (name: string) => parse(textOf(`docs/kubernetes/${name}.yaml`), { strict: true }) as Job
const containerOf = (job: Job) => job.spec.template.spec.containers[0]
const environmentOf = (job: Job) =>
  Object.fromEntries(containerOf(job).env?.map(({ name, value }) => [name, value]) ?? [])

describe.for([...sharded, 'merge'])('%s.yaml', (name) => {
  const job = manifest(name)
  const { spec } = job.spec.template

  test('is what a cluster takes', () => {
    // A failure policy is for pods that nobody starts again in their place.
    expect(spec.restartPolicy).toBe('Never')
    for (const { onExitCodes } of job.spec.podFailurePolicy.rules) {
      expect(onExitCodes?.containerName ?? 'brownout').toBe(containerOf(job).name)
      expect(onExitCodes?.operator ?? 'In').toBe('In')
      expect(onExitCodes?.values ?? []).toEqual([...new Set(onExitCodes?.values ?? [])].toSorted())
    }
    expect(Object.values(environmentOf(job)).filter((value) => typeof value !== 'string')).toEqual([])
    expect(containerOf(job).volumeMounts.map((mount) => mount.name)).toEqual(spec.volumes.map((volume) => volume.name))
    const volume = parse(textOf('docs/kubernetes/volume.yaml')) as { readonly metadata: { readonly name: string } }
    expect(spec.volumes[0]?.persistentVolumeClaim?.claimName).toBe(volume.metadata.name)
  })

  test('knows the image', () => {
    const image = textOf('Dockerfile')
    expect(image).toMatch(new RegExp(`^USER ${spec.securityContext.runAsUser}:`, 'mu'))
    expect(image).toMatch(/^WORKDIR \/work$/mu)
    expect(containerOf(job).volumeMounts.map((mount) => mount.mountPath)).toEqual(['/work/reports', '/tmp'])
  })

  test('what would come out again is not tried again, and what the machine did is', () => {
    const given = name === 'merge' ? 'FailJob' : 'FailIndex'
    const counted = ({ onExitCodes }: Rule, code: number) => onExitCodes?.values.includes(code) ?? false
    const actions = Object.values(exitCodes).map((code) => {
      const rule = job.spec.podFailurePolicy.rules.find((each) => counted(each, code))
      return [code, rule?.action ?? 'Count'] as const
    })
    expect(Object.fromEntries(actions.filter(([code]) => code !== 0))).toEqual({
      [exitCodes.fail]: given,
      [exitCodes.rejected]: given,
      [exitCodes.inconclusive]: given,
      [exitCodes.error]: 'Count',
      [exitCodes.interrupted]: 'Count',
    })
  })
})

test.for(sharded)('%s.yaml has as many pods as parts', (name) => {
  const job = manifest(name)
  expect(job.spec.completionMode).toBe('Indexed')
  expect(job.spec.backoffLimitPerIndex).toBeGreaterThan(0)
  expect(String(job.spec.completions)).toBe(environmentOf(job)['PARTS'])
})

describe('pods that are processes', () => {
  let place = ''

  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'brownout-pods-'))
    mkdirSync(join(place, 'bin'))
    symlinkSync(join(root, 'src/cli/brownout.js'), join(place, 'bin/brownout'))
  })
  afterAll(() => rmSync(place, { recursive: true, force: true }))

  /** A directory like /work in the image, with its volume. */
  function desk(name: string): string {
    const directory = join(place, name)
    mkdirSync(join(directory, 'reports'), { recursive: true })
    writeFileSync(join(directory, 'desk.ts'), smallDesk)
    return directory
  }

  function start(
    cwd: string,
    words: readonly string[],
    variables: Readonly<Record<string, unknown>> = {},
  ): number | null {
    const { PATH = '', HOME, TMPDIR } = process.env
    const path = [join(place, 'bin'), dirname(process.execPath), PATH].join(delimiter)
    const env = { ...variables, PATH: path, HOME, TMPDIR, NO_COLOR: '1' } as NodeJS.ProcessEnv
    const [program = '', ...rest] = words
    const { status, stderr } = spawnSync(program, rest, { cwd, env, encoding: 'utf8' })
    if (status === 2) throw new Error(stderr)
    return status
  }

  /** All pods of a job, with other values than the manifest has. */
  function apply(name: string, cwd: string, values: Readonly<Record<string, string>> = {}): readonly (number | null)[] {
    const job = manifest(name)
    const { command, args } = containerOf(job)
    const variables = { ...environmentOf(job), ...values }
    const indices = Array.from({ length: Number(variables['PARTS'] ?? 1) }, (_, index) => String(index))
    return indices.map((JOB_COMPLETION_INDEX) =>
      start(cwd, [...command, ...args], { ...variables, ...(job.spec.completionMode && { JOB_COMPLETION_INDEX }) }),
    )
  }

  test('a library in parts, merged, is byte for byte what one machine writes', slowly, () => {
    const [cluster, machine] = [desk('library'), desk('library-alone')]
    const scenarios = ['ten-minutes', 'redirected']
    expect(apply('library', cluster, { SCENARIOS: scenarios.join(' ') })).toEqual([0, 1, 0, 0])
    const [merged] = apply('merge', cluster)
    const asked = ['brownout', 'run', ...scenarios, '--client', './desk.ts', '--report-dir', 'reports/all']
    expect(merged).toBe(start(machine, asked))
    const [files, expected] = [cluster, machine].map((at) => filesIn(join(at, 'reports/all'))) as [Files, Files]
    expect(Object.keys(files)).toContain('ten-minutes/history.ndjson')
    expect(Object.keys(files)).toEqual(Object.keys(expected))
    expect(Object.keys(files).filter((file) => files[file] !== expected[file])).toEqual([])
  })

  test('a campaign in parts, merged, has found what one machine finds', slowly, () => {
    const [cluster, machine] = [desk('campaign'), desk('campaign-alone')]
    mkdirSync(join(cluster, 'reports/part-1/found'), { recursive: true })
    writeFileSync(join(cluster, 'reports/part-1/found/half.yaml'), 'of an attempt that was interrupted')
    // Guided, each part goes its own way.
    const how = '--any --blind --no-shrink'
    expect(apply('campaign', cluster, { HOW: how, RUNS: '1', PARTS: '2' })).toEqual([0, 1])
    expect(apply('merge', cluster)).toEqual([1])
    const words = `brownout fuzz ten-minutes ${how} --client ./desk.ts --runs 2 --workers 2 --report-dir reports/all`
    expect(start(machine, [...words.split(' '), '--regressions', 'reports/all/found'])).toBe(1)
    const [found, expected] = [cluster, machine].map((at) => filesIn(join(at, 'reports/all/found'))) as [Files, Files]
    expect(Object.keys(found)).not.toEqual([])
    expect(found).toEqual(expected)
    const [facts, wanted] = [cluster, machine].map((at) => factsIn(join(at, 'reports/all/fuzz.json')))
    expect(facts).toEqual(wanted)
    expect(readdirSync(join(cluster, 'reports')).toSorted()).toEqual(['all', 'part-1', 'part-2'])
  })
})

type Files = Readonly<Record<string, string>>

/** Without how long it took, and on how many processors. */
function factsIn(file: string): object {
  const {
    wallMs: _,
    workers: __,
    merged: ___,
    ...facts
  } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
  return facts
}

test('the workflows upload each part, and merge all of them', () => {
  const workflows = Array.from(
    textOf('docs/several-machines.md').matchAll(/```yaml\n(jobs:[\s\S]*?)```/gu),
    ([, text = '']) => text,
  )
  const shapes = workflows.map((text) => {
    const { jobs } = parse(text, { strict: true }) as { readonly jobs: Readonly<Record<string, Workflow>> }
    const [parts, verdict] = Object.values(jobs) as [Workflow, Workflow]
    const numbers = parts.strategy?.matrix.part ?? []
    const line = parts.steps.find(({ run }) => run?.includes('--shard'))?.run ?? ''
    const merge = verdict.steps.find(({ run }) => run?.includes('brownout merge'))?.run ?? ''
    expect(line).toContain(`--shard \${{ matrix.part }}/${numbers.length}`)
    expect(merge.match(/part-\d+/gu)).toEqual(numbers.map((number) => `part-${number}`))
    return line.split(' ')[2]
  })
  expect(shapes).toEqual(['all', 'fuzz'])
})

type Workflow = {
  readonly strategy?: { readonly matrix: { readonly part: readonly number[] } }
  readonly steps: readonly { readonly run?: string }[]
}
