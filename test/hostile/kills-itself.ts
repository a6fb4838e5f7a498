import { terribleInSilence } from './table.ts'

export const client = terribleInSilence('kills-itself', () => process.kill(process.pid, 'SIGKILL'))
