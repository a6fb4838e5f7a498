// `admin.list`: who works in the workspace, as an inbox needs it to assign conversations.

import type { Intent } from '../../intent.ts'
import { populationOf } from './population.ts'
import type { Populations } from './population.ts'
import { objectsIn, worst } from './shown.ts'
import { storedTruth } from './stored-truth.ts'

export function adminIntent(populations: Populations): Intent {
  return {
    name: 'admin.list',
    effect: 'read',
    draw: () => ({ input: {} }),
    truth: (name, _ask, value, shown) => {
      const { admins } = populationOf(populations, name).workspace
      const items = shown ? [shown] : objectsIn(value)
      return worst(items.map((item) => storedTruth(admins, undefined, item, (admin) => ({ ...admin }))))
    },
  }
}
