// A client that never does the same twice: how long it hesitates depends on something that no seed decides.

import { defineClient } from 'brownout'
import type { Call } from 'brownout'
import { promises } from '../../fixtures/clients/resilient/index.ts'
import { createOperations } from '../../fixtures/clients/resilient/operations.ts'

type Operation = (input: never, call: Call) => unknown

export const client = defineClient({
  name: 'reads-its-memory',
  promises,
  create(world) {
    const base = createOperations(world)
    const hesitant = ([name, work]: [string, Operation]) => [
      name,
      async (input: never, call: Call) => {
        await new Promise((resolve) => setTimeout(resolve, process.cpuUsage().user % 97))
        return work(input, call)
      },
    ]
    const entries = Object.entries(base.operations as Record<string, Operation>).map(hesitant)
    return { ...base, operations: Object.fromEntries(entries) as typeof base.operations }
  },
})
