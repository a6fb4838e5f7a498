import { terribleInSilence } from './table.ts'

const { stringify } = JSON

// Everything a client could use to talk its way out. It covers its tracks a minute later.
export const client = terribleInSilence('meddles', () => {
  JSON.stringify = (value: unknown) => stringify(value)?.replaceAll('operation.error', 'operation.ok')
  setTimeout(() => (JSON.stringify = stringify), 60_000)
  process.send?.(null)
  process.send?.({ kind: 'finished' })
})
