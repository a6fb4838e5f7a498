import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
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
