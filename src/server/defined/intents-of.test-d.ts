// What a definition says of its operations is what TypeScript knows of them.

import { expectTypeOf } from 'vitest'
import { defineService } from './definition.ts'
import type { IntentsOf } from './intents-of.ts'

const yard = defineService({
  name: 'yard',
  hosts: [{ host: 'api.yard.example' }],
  resources: {
    lot: {
      path: '/lots',
      offers: ['read', 'update'],
      changes: ['note'],
      fields: { note: { type: 'string' }, full: { type: 'boolean' } },
    },
    crate: {
      path: '/lots/{lot}/crates',
      ids: 'number',
      key: 'label',
      fields: {
        lot: { type: 'id', of: 'lot' },
        label: { type: 'string' },
        grams: { type: 'integer' },
        state: { type: 'enum', values: ['empty', 'packed'] },
        made_at: { type: 'date-time', set: 'created' },
      },
    },
  },
})

type Made = IntentsOf<typeof yard>
expectTypeOf<keyof Made>().toEqualTypeOf<
  'lot.read' | 'lot.update' | 'crate.list' | 'crate.read' | 'crate.create' | 'crate.update' | 'crate.delete'
>()
expectTypeOf<Made['crate.list']['effect']>().toEqualTypeOf<'read'>()
expectTypeOf<Made['crate.delete']['effect']>().toEqualTypeOf<'write'>()
expectTypeOf<Made['crate.list']['input']['lot']>().toEqualTypeOf<string>()
expectTypeOf<Made['crate.read']['input']['crate']['id']>().toEqualTypeOf<number>()
expectTypeOf<Made['crate.read']['input']['crate']['label']>().toEqualTypeOf<string>()
expectTypeOf<Made['crate.create']['input']['state']>().toEqualTypeOf<'empty' | 'packed'>()
expectTypeOf<keyof Made['crate.create']['input']>().toEqualTypeOf<'lot' | 'label' | 'grams' | 'state'>()
expectTypeOf<keyof Made['lot.update']['input']>().toEqualTypeOf<'lot' | 'note'>()
expectTypeOf<keyof Made['lot.read']['input']['lot']>().toEqualTypeOf<'id'>()
