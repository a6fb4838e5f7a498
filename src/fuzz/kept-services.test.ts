import { expect, test } from 'vitest'
import type { Scenario } from '#scenario/scenario.ts'
import { servicesFrom } from './kept-services.ts'

const scenario = (path: string, file = 'drills/down.yaml') =>
  ({ file, services: [{ name: 'parcels', path }] }) as unknown as Scenario

test.for([
  ['./parcels.service.ts', 'fixtures/regressions', '../../drills/parcels.service.ts'],
  ['../apis/parcels.service.yaml', 'fixtures/regressions', '../../apis/parcels.service.yaml'],
  ['parcels.service.ts', 'drills', './parcels.service.ts'],
  ['parcels.service.ts', '/elsewhere', '../project/drills/parcels.service.ts'],
] as const)('%s of a scenario in drills, from %s, is %s', ([path, directory, from]) => {
  expect(servicesFrom(directory, scenario(path), '/project')).toEqual({ parcels: from })
})

test('a scenario that names none needs none', () => {
  expect(servicesFrom('x', { file: 'a.yaml' } as Scenario, '/project')).toBeUndefined()
})

test('what could not be written into a scenario is a mistake of the user', () => {
  expect(() => servicesFrom('/found', scenario('p.service.ts'), '/with space')).toThrow(
    /could not name p\.service\.ts/u,
  )
})
