import { terribleInSilence } from './table.ts'

export const client = terribleInSilence('rejects-late', () => {
  void Promise.reject(new Error('nobody is listening'))
})
