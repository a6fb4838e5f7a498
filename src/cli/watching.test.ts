import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { pauseReal } from '#clock/real-wait.ts'
import { onEachChange } from './watching.ts'

test('what is saved as soon as it says that it watches is not missed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'brownout-watching-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stop = new AbortController()
  const seen: string[] = []
  await onEachChange(
    () => [folder],
    stop.signal,
    () => {
      seen.push('change')
      stop.abort()
    },
    () => writeFileSync(join(folder, 'one.yaml'), 'saved'),
  )
  expect(seen).toEqual(['change'])
})

test('what it prints into a file beside them is no change: it would go on for ever', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'brownout-watching-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stop = new AbortController()
  const scenario = join(folder, 'one.yaml')
  const seen: boolean[] = []
  const saved: Promise<void>[] = []
  const saveLater = async () => {
    writeFileSync(join(folder, 'checked.log'), 'one.yaml: valid')
    await pauseReal(500)
    writeFileSync(scenario, 'saved')
  }
  await onEachChange(
    () => [folder],
    stop.signal,
    () => {
      seen.push(existsSync(scenario))
      stop.abort()
    },
    () => saved.push(saveLater()),
  )
  await Promise.all(saved)
  expect(seen).toEqual([true])
})
