// What each family of oracles tells: one history that an oracle must pass, and one that it must fail.

import type { Header } from '#history/header.ts'
import type { Story } from '../history-builder.ts'

type Tell = (story: Story) => void
type Pair = { readonly header?: Partial<Header>; readonly pass: Tell; readonly fail: Tell }
/** By the oracle's name. */
export type Stories = Readonly<Record<string, Pair>>
