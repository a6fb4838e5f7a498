import { terribleInSilence } from './table.ts'

export const client = terribleInSilence('throws-late', () => {
  setTimeout(() => {
    throw new Error('nobody is listening')
  }, 1_000)
})
