// Goal: a request on a socket is charged to whom its trace names, as far as there is such a one.

import { expect, test } from 'vitest'
import type { Traced } from '#context/trace.ts'
import type { Instance } from './instance.ts'
import { tracedOwner } from './traced-owner.ts'

const life = { number: 3, over: false }
const instances = [{ alive: null }, { alive: { life } }] as unknown as readonly Instance[]
const five = { knows: (number: number): boolean => number <= 5 }
const ownerOf = (traced: Traced | undefined) => {
  const { instance, operation, delivery, life: its } = tracedOwner(traced, { instances, desk: five, post: five })
  return { instance, operation, ...(delivery !== undefined && { delivery }), ...(its && { life: its.number }) }
}

test.for<[string, Traced | undefined, ReturnType<typeof ownerOf>]>([
  ['no trace', undefined, { instance: 0, operation: null }],
  ['an operation', { instance: 1, operation: 5 }, { instance: 1, operation: 5, life: 3 }],
  ['an operation nobody asked for', { instance: 1, operation: 6 }, { instance: 1, operation: null, life: 3 }],
  ['a process that never was', { instance: 2, operation: 5 }, { instance: 0, operation: 5 }],
  ['a delivery', { instance: 1, operation: null, delivery: 5 }, { instance: 1, operation: null, delivery: 5, life: 3 }],
  ['a delivery that never was', { instance: 0, operation: null, delivery: 6 }, { instance: 0, operation: null }],
])('%s', ([, traced, owner]) => expect(ownerOf(traced)).toEqual(owner))
