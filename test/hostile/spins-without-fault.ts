import { terribleAfterTen } from './table.ts'

export const client = terribleAfterTen('spins-without-fault', () => {
  for (;;);
})
