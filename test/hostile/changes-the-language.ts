import { terribleInSilence } from './table.ts'

// As a monitor does that wraps what everybody calls.
export const client = terribleInSilence('changes-the-language', () => {
  const { stringify } = JSON
  JSON.stringify = (value: unknown) => stringify(value)
})
