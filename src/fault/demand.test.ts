import { expect, test } from 'vitest'
import { demand } from './demand.ts'

const params = demand.schema.parse({ requests: '12/min' })

test('imposes demand in proportion to intensity and share', () => {
  expect(demand.impose?.(params, 1, 1)).toEqual([{ kind: 'demand', perSecond: 0.2 }])
  expect(demand.impose?.(params, 0.5, 0.5)).toEqual([{ kind: 'demand', perSecond: 0.05 }])
})

test('refuses a demand of nothing', () => {
  expect(demand.schema.safeParse({ requests: '0/s' }).error?.issues[0]?.message).toBe(
    'a demand of nothing changes nothing',
  )
})

test('explains itself', () => {
  expect(demand.explain(params)).toBe('Other tenants send 12 per minute more than usual.')
})
