import { spawn } from 'node:child_process'
import { terribleInSilence } from './table.ts'

export const client = terribleInSilence('spawns-and-spins', () => {
  spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'left-behind-by-a-client'], { stdio: 'ignore' })
  for (;;);
})
