// In which headers those APIs tell their limits that a fault is about.

import type { Scope } from '#fault/spec.ts'
import { usualLimitHeaders, type LimitHeaders } from '#history/limit-headers.ts'
import { modelOf } from '#server/defined/model.ts'
import type { DefinedApi } from './scenario.ts'
import { regions, routesIn } from './services.ts'
import { knownRoutesOf } from './world-services.ts'

/** Intercom's REST API first, when it is one of them. */
export function limitHeadersIn(
  where: Scope,
  services: readonly Pick<DefinedApi, 'definition'>[],
): readonly LimitHeaders[] {
  const own = services.map(({ definition }) => modelOf(definition))
  const dash = where.fleet?.indexOf('-') ?? 0
  const region = where.region ?? where.fleet?.slice(0, dash)
  const product = where.product ?? where.fleet?.slice(dash + 1) ?? 'rest'
  const isIn = (places: readonly string[]): boolean => region === undefined || places.includes(region)
  const isIntercom = product === 'rest' && isIn(regions) && routesIn({ ...where, product }).length > 0
  return [
    ...(isIntercom ? [usualLimitHeaders] : []),
    ...own
      .filter(({ hosts }) => isIn(hosts.map((host) => host.region)))
      .filter((model) => routesIn(where, knownRoutesOf(model)).length > 0)
      .map(({ limitHeaders }) => limitHeaders),
  ]
}
