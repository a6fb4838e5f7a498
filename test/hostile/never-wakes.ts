import { terribleInSilence } from './table.ts'

export const client = terribleInSilence('never-wakes', () => new Promise(() => {}))
