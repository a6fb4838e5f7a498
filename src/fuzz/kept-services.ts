// A counterexample names the files of the services that its scenario names, from where it is kept.

import { dirname, relative, resolve, sep } from 'node:path'
import { UserError } from '#context/user-error.ts'
import type { Scenario } from '#scenario/scenario.ts'
import { servicePath } from '#scenario/world-services.ts'

/** By the name of each service its path; `undefined` when there are none. */
export type KeptServices = Readonly<Record<string, string>> | undefined

/** `directory`: where counterexamples are kept. Throws a UserError when a path from there could not be written into a scenario. */
export function servicesFrom(directory: string, { services, file }: Scenario, cwd: string): KeptServices {
  if (!services) return undefined
  const near = dirname(resolve(cwd, file))
  const entries = services.map(({ name, path }) => {
    const below = relative(resolve(cwd, directory), resolve(near, path)).replaceAll(sep, '/')
    const from = below.startsWith('..') ? below : `./${below}`
    if (servicePath.test(from)) return [name, from] as const
    throw new UserError(`a counterexample could not name ${path} from where it is kept, as ${from}`, {
      place: { file },
      hint: 'Choose another directory for counterexamples: --regressions.',
    })
  })
  return Object.fromEntries(entries)
}
