// The image of the harness. Goal: what the Dockerfile makes plays and merges as this machine does, as no administrator, on a file system that
// is read-only but for the reports and the temporary files, as a cluster runs it. Method: real containers.

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { engine, theEngine } from './containers/engine.ts'
import { harnessImage } from './containers/harness.ts'
import { filesIn } from './merged-files.ts'
import { smallDesk } from './small-desk.ts'

const root = join(import.meta.dirname, '..')
const slowly = { timeout: 300_000 }
let desk = ''
let image = ''

type Ended = { readonly code: number; readonly out: string }

/** Root may leave the user of the image as it is; others could not remove afterwards what that one has written. */
const user = process.getuid?.() === 0 ? {} : { User: `${process.getuid?.()}:${process.getgid?.()}` }

async function inImage(words: readonly string[]): Promise<Ended> {
  const output = new PassThrough()
  const [{ StatusCode: code }, container] = (await theEngine().run(image, [...words], output, {
    ...user,
    Tty: true,
    HostConfig: {
      Binds: [`${desk}:/work`],
      Tmpfs: { '/tmp': '' },
      ReadonlyRootfs: true,
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
    },
  })) as [{ readonly StatusCode: number }, { remove(): Promise<void> }]
  await container.remove()
  output.end()
  return { code, out: await text(output) }
}

beforeAll(async () => {
  desk = mkdtempSync(join(tmpdir(), 'brownout-harness-'))
  chmodSync(desk, 0o777)
  writeFileSync(join(desk, 'desk.ts'), smallDesk)
  if (engine) image = await harnessImage()
}, slowly.timeout)

afterAll(() => rmSync(desk, { recursive: true, force: true }))

const asked = ['ten-minutes', 'redirected', '--client', './desk.ts', '--no-color', '--report-dir'] as const

test.skipIf(!engine)('the image is nobody, and says who it is', slowly, async () => {
  const { Config } = await theEngine().getImage(image).inspect()
  expect(Config.User).toBe('1000:1000')
  expect(await inImage(['--version'])).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\s*$/u) })
})

test.skipIf(!engine)(
  'parts that containers play, merged by one, are byte for byte what this machine writes',
  slowly,
  async () => {
    const main = join(root, 'src/cli/main.ts')
    const { PATH, HOME, TMPDIR } = process.env
    const alone = spawnSync(process.execPath, [main, 'run', ...asked, 'by-one'], {
      cwd: desk,
      env: { PATH, HOME, TMPDIR },
    })
    const codes: number[] = []
    for (const part of [1, 2])
      codes.push((await inImage(['run', ...asked, `part-${part}`, '--shard', `${part}/2`])).code)
    expect(codes).toEqual([0, 1])
    const merged = await inImage(['merge', 'part-1', 'part-2', '--no-color', '--report-dir', 'by-two'])
    expect(merged.code).toBe(alone.status)
    const [files, expected] = [filesIn(join(desk, 'by-two')), filesIn(join(desk, 'by-one'))]
    expect(Object.keys(files)).toContain('ten-minutes/history.ndjson')
    expect(Object.keys(files)).toEqual(Object.keys(expected))
    expect(Object.keys(files).filter((name) => files[name] !== expected[name])).toEqual([])
  },
)
