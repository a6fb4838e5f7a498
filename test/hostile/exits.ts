import { terribleInSilence } from './table.ts'

export const client = terribleInSilence('exits', () => process.exit(0))
