// Where the process of a cell begins.

import { findOwnModulesQuickly } from '#context/own-modules.ts'

findOwnModulesQuickly()
await import('./cell-main.ts')
