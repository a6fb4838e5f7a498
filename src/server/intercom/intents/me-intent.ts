// `me.read`: who the app is. The cheapest call, and what a health check would ask.

import { compareWithStore } from '../../compare.ts'
import type { Intent } from '../../intent.ts'
import { populationOf } from './population.ts'
import type { Populations } from './population.ts'
import { apiNamed, only } from './shown.ts'

export function meIntent(populations: Populations): Intent {
  const adminOf = (workspace: string): string => populationOf(populations, workspace).adminIds[0] ?? ''
  return {
    name: 'me.read',
    effect: 'read',
    draw: (workspace) => ({ input: {}, entity: `admin:${adminOf(workspace)}` }),
    truth: (name, _ask, value, shown) => {
      const { admins } = populationOf(populations, name).workspace
      return compareWithStore(admins, adminOf(name), apiNamed(shown ?? only(value)), (admin) => ({ ...admin }))
    },
  }
}
