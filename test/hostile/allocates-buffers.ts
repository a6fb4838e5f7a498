import { terribleInSilence } from './table.ts'

const kept: Buffer[] = []

export const client = terribleInSilence('allocates-buffers', async () => {
  for (;;) {
    kept.push(Buffer.alloc(8_000_000, 1))
    await new Promise((resolve) => setImmediate(resolve))
  }
})
