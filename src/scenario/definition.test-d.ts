// What TypeScript lets people write of a service is what the schema takes, and the other way round.

import { expectTypeOf } from 'vitest'
import type { z } from 'zod'
import { defineService, type ServiceDefinition } from '#server/defined/definition.ts'
import type { definitionSchema } from './definition-schema.ts'

/** Whatever may be read only or left out, with every duration as a text. */
type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends `${number}${string}`
    ? string
    : T extends object
      ? { -readonly [K in keyof T]-?: Plain<Exclude<T[K], undefined>> }
      : T

type Written = Omit<ServiceDefinition, 'errors'>
type Read = Omit<z.input<typeof definitionSchema>, 'errors'>
expectTypeOf<Plain<Written>>().toEqualTypeOf<Plain<Read>>()

const parcel = { path: '/parcels', fields: { weight: { type: 'integer' } } } as const
defineService({ name: 'parcels', hosts: [{ host: 'api.parcels.example' }], resources: { parcel } })
// @ts-expect-error -- a service without a host answers nowhere
defineService({ name: 'parcels', resources: { parcel } })
// @ts-expect-error -- there is no such kind of token
defineService({ name: 'parcels', hosts: [{ host: 'a.example' }], auth: { kind: 'basic' }, resources: { parcel } })
