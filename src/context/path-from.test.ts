// Goal: what is typed again, or put into a report, has slashes on Windows, too. Method: the module on the paths of Windows.

import type { PlatformPath } from 'node:path'
import { expect, test, vi } from 'vitest'

vi.mock('node:path', async (original) => (await original<PlatformPath>()).win32)

const { pathFrom } = await import('./path-from.ts')

test.for([
  [String.raw`C:\shop\chaos\client.ts`, 'chaos/client.ts'],
  [String.raw`C:\desk\client.ts`, '../desk/client.ts'],
  [String.raw`D:\desk\client.ts`, 'D:/desk/client.ts'],
  [String.raw`C:\shop`, ''],
] as const)('from C:\\shop, %s is %s', ([file, path]) => {
  expect(pathFrom(String.raw`C:\shop`, file)).toBe(path)
})
