import { terribleInSilence } from './table.ts'

const kept: unknown[] = []

export const client = terribleInSilence('allocates', () => {
  for (;;) kept.push({ more: 'and more', again: [1, 2, 3] })
})
