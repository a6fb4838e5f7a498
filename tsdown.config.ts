// How the package is built: every module of src becomes one of dist, because cells, guards and the command are files that other processes
// start; and the types of what people import, each entry in one file.

import { defineConfig } from 'tsdown'

export default defineConfig([
  {
    entry: [
      'src/index.ts',
      'src/vitest/index.ts',
      'src/cli/{brownout.js,main.ts}',
      'src/engine/cell-main.ts',
      'src/container/guard-main.ts',
      'src/client/test-file/{vitest,brownout-vitest}.ts',
    ],
    unbundle: true,
    logLevel: 'warn',
    root: 'src',
    platform: 'node',
    target: 'node22.18',
    fixedExtension: false,
    dts: false,
    copy: [{ from: 'src/report/html/page/page.css', to: 'dist/report/html/page' }],
  },
  {
    entry: { index: 'src/index.ts', 'vitest/index': 'src/vitest/index.ts' },
    tsconfig: 'tsconfig.build.json',
    // It would say that TypeScript 7 is new.
    logLevel: 'error',
    dts: { emitDtsOnly: true },
    // Types of what nobody has to install are in none of ours.
    treeshake: { moduleSideEffects: 'no-external' },
    hash: false,
    platform: 'node',
    fixedExtension: false,
    clean: false,
  },
])
