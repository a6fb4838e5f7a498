import { terribleInSilence } from './table.ts'

export const client = terribleInSilence('asks-for-ever', async () => {
  for (;;) await fetch('https://api.au.intercom.io/me').catch(() => {})
})
