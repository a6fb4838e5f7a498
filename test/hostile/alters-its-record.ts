import { writeSync } from 'node:fs'
import { terribleInSilence } from './table.ts'

export const client = terribleInSilence('alters-its-record', () => {
  for (let descriptor = 3; descriptor < 30; descriptor += 1) {
    try {
      writeSync(descriptor, 'nothing happened\n')
    } catch {
      // Not open, or not for writing.
    }
  }
})
