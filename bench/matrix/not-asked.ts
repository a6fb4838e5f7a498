// What is never asked of a sound client, from fixtures/clients/sound/support/not-asked.ts when it is there.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { NotAsked } from './judge.ts'

export async function readNotAsked(root: string): Promise<readonly NotAsked[]> {
  const file = join(root, 'fixtures/clients/sound/support/not-asked.ts')
  if (!existsSync(file)) return []
  const { notAsked } = (await import(pathToFileURL(file).href)) as { readonly notAsked: readonly NotAsked[] }
  return notAsked
}
