import { terribleInSilence } from './table.ts'

export const client = terribleInSilence('spins', () => {
  for (;;);
})
