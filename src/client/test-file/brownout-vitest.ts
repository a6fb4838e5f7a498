// What `brownout/vitest` is in the process of a client: everything that a test file may import, and only the clients are taken note of.

import { disorder, register } from './registry.ts'

const scenarioTest = Object.assign(register, { only: register, skip: register })

export { scenarioTest, scenarioTest as fuzzTest }

export function readHistoryFile(): never {
  disorder('it reads a history outside of its tests.')
  throw new Error('Histories are read in tests.')
}
