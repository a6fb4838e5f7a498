// What TypeScript lets people write is what the schema takes, and the other way round.

import { expectTypeOf } from 'vitest'
import type { z } from 'zod'
import { defineConfig, type Config } from './config.ts'
import type { configSchema } from './schema.ts'

/** Whatever may be read only or left out. */
type Plain<T> = T extends readonly (infer E)[]
  ? E[]
  : T extends object
    ? { -readonly [K in keyof T]-?: Plain<Exclude<T[K], undefined>> }
    : T

expectTypeOf<Plain<Config>>().toEqualTypeOf<Plain<z.input<typeof configSchema>>>()

defineConfig({ clients: { desk: './desk.ts' }, client: 'desk', overrides: { 'busy-*': { seed: 7 } } })
// @ts-expect-error -- there is no such setting
defineConfig({ cleint: 'desk' })
// @ts-expect-error -- there is no such profile
defineConfig({ profile: 'soft' })
