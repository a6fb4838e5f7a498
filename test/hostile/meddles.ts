import { terribleInSilence } from './table.ts'

// Everything a client could use to talk its way out.
export const client = terribleInSilence('meddles', () => {
  const { stringify } = JSON
  JSON.stringify = (value: unknown) => stringify(value)?.replaceAll('operation.error', 'operation.ok')
  process.send?.(null)
  process.send?.({ kind: 'finished' })
})
