import { terribleInSilence } from './table.ts'

// A client may harden the process that it believes to be its own.
for (const one of [Object, Array, Map, Set, Promise, Error, Date]) {
  Object.freeze(one)
  Object.freeze(one.prototype)
}
export const client = terribleInSilence('freezes', () => {})
