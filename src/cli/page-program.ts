// The program of report.html in one piece: our own part and what it needs of the charting library, without what it does not need.

import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const entry = fileURLToPath(new URL('../report/html/page/main.ts', import.meta.url))

/** What is checked in has this head. */
const head = `/* The program of report.html, made by \`npm run page\` from src/report/html/page.
 * It contains parts of Observable Plot and D3, copyright Observable, Inc. and Mike Bostock, under the ISC license. */
`

export async function pageProgram(): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      lib: { entry, formats: ['iife'], name: 'page', fileName: 'page' },
    },
  })
  const [first] = Array.isArray(built) ? built : [built]
  const [chunk] = first && 'output' in first ? first.output : []
  if (chunk?.type !== 'chunk') throw new Error('The program of the page came out as something else.')
  return head + withoutScriptEnds(chunk.code)
}

/** It stands inside a script element, which the browser ends at the first `</script`. */
function withoutScriptEnds(code: string): string {
  return code.replaceAll(/<(?=\/script|!--)/giu, String.raw`\x3C`)
}
