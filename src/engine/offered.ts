// What of a scenario this client can be asked. What it does not offer is left out, and told.

import { UserError } from '#context/user-error.ts'
import type { ClientDefinition } from '#client/client.ts'
import type { Load, Scenario } from '#scenario/scenario.ts'
import type { Instance } from './instance.ts'
import { missingActions } from './operators.ts'

type Offered = {
  readonly loads: readonly Load[]
  /** Operations by name, actions as `action media.pause`, and `webhook` or `health` where the scenario has use for them. */
  readonly notOffered: readonly string[]
}

/** Throws UserError when there is nothing left to ask of it. */
export function offered(scenario: Scenario, definition: ClientDefinition, instances: readonly Instance[]): Offered {
  const client = instances[0]?.alive?.client
  const operations = client?.operations ?? {}
  const { loads, activities, problems, file } = scenario
  const asked = loads.filter((load) => load.do in operations)
  const missing = [...new Set(loads.map((load) => load.do))].filter((name) => !(name in operations))
  const isTold = activities.length > 0 && client?.webhook !== undefined
  const lacks = activities.length > 0 && !isTold ? [...missing, 'webhook'] : missing
  if (asked.length === 0 && !isTold) {
    throw new UserError(
      `The client "${definition.name}" offers none of the operations this scenario asks for: ${lacks.join(', ')}.`,
      {
        place: { file },
        hint: `It offers: ${Object.keys(operations).join(', ') || 'nothing'}. Add one of the missing operations to what create() returns.`,
        lacks,
      },
    )
  }
  if (!isTold && isAllAboutWebhooks(scenario)) {
    throw new UserError(
      `The client "${definition.name}" takes no webhooks, and everything that goes wrong here is in them.`,
      {
        place: { file },
        hint: 'Add `webhook` to what create() returns.',
        lacks: ['webhook'],
      },
    )
  }
  const actions = client ? missingActions(scenario, client) : []
  const health = problems.length > 0 && client?.health === undefined ? ['health'] : []
  return { loads: asked, notOffered: [...lacks, ...health, ...actions.map((name) => `action ${name}`)] }
}

/** Then a client that takes none would meet nothing at all. */
function isAllAboutWebhooks({ faults }: Scenario): boolean {
  return faults.length > 0 && faults.every(({ kind }) => kind.acts === 'disturbs')
}
