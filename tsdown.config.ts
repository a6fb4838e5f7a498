// How the package is built: every module of src becomes one of dist, because cells, guards and the command are files that other processes
// start; and the types of what people import, each entry in one file.

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'tsdown'

/** What is in the place of Node's modules in a browser. */
export const inBrowsers: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['async_hooks', 'fs', 'http', 'path', 'tls', 'url', 'util'].map((name) => [`node:${name}`, standIn('node')]),
  ),
  'node:assert/strict': standIn('assert'),
  'node:net': standIn('net'),
}

function standIn(name: string): string {
  return fileURLToPath(new URL(`src/msw/in-browsers/${name}.ts`, import.meta.url))
}

export default defineConfig([
  {
    entry: [
      'src/index.ts',
      'src/vitest/index.ts',
      'src/msw/index.ts',
      'src/cli/{brownout.js,main.ts}',
      'src/engine/cell-start.ts',
      'src/client/data-main.ts',
      'src/container/guard-main.ts',
      'src/client/definition-main.ts',
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
    // One file for browsers, in which our own modules find something else in the place of Node's.
    entry: { 'msw/browser': 'src/msw/browser.ts' },
    alias: inBrowsers,
    logLevel: 'warn',
    platform: 'browser',
    target: 'es2024',
    fixedExtension: false,
    dts: false,
    hash: false,
    clean: false,
  },
  {
    entry: { index: 'src/index.ts', 'vitest/index': 'src/vitest/index.ts', 'msw/index': 'src/msw/index.ts' },
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
