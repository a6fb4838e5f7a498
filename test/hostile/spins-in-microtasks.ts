import { terribleInSilence } from './table.ts'

export const client = terribleInSilence('spins-in-microtasks', async () => {
  for (;;) await Promise.resolve()
})
