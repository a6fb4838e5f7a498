// Goal: a file is shown with slashes on Windows, too, where a page takes the last part of it for a link. Method: the module on the paths of Windows.

import type { PlatformPath } from 'node:path'
import { expect, test, vi } from 'vitest'

vi.mock('node:path', async (original) => (await original<PlatformPath>()).win32)

const { showPath } = await import('./show-path.ts')

test.for([
  [String.raw`C:\shop\reports\history.ndjson`, 'reports/history.ndjson'],
  [String.raw`C:\out\history.ndjson`, 'C:/out/history.ndjson'],
] as const)('%s is shown as %s', ([file, shown]) => {
  expect(showPath(String.raw`C:\shop`, file)).toBe(shown)
})
