// Goal: the simulated Intercom works as the handlers of a service worker, too. Method: the example of docs/msw.md, bundled by Vite as an
// application is, in a real browser.

import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { inBrowsers } from '../tsdown.config.ts'
import { browserPath, launchBrowser, noBrowser } from './browser.ts'
import { exampleIn } from './examples.ts'

const root = join(import.meta.dirname, '..')
const entry = join(root, 'test/incident-in-a-page.ts')

let browser: Browser
let server: Server
let page: Page

beforeAll(async () => {
  if (browserPath === undefined) return
  const files = new Map<string, readonly [string, string | Buffer]>([
    ['/', ['text/html', '<!doctype html><script type="module" src="/page.js"></script>']],
    ['/page.js', ['text/javascript', await bundled()]],
    [
      '/mockServiceWorker.js',
      ['text/javascript', readFileSync(join(root, 'node_modules/msw/lib/mockServiceWorker.js'))],
    ],
  ])
  server = createServer(({ url }, response) => {
    const [type, text] = files.get(url ?? '') ?? []
    response.writeHead(type ? 200 : 404, { 'content-type': type ?? 'text/plain' }).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await launchBrowser()
  page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction('window.incident !== undefined')
}, 120_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** As an application is: for browsers, from one module. */
async function bundled(): Promise<string> {
  const code = `${exampleIn('docs/msw.md', 'incident-in-a-page.ts')}Object.assign(window, { incident, createIncident, text })\n`
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    resolve: {
      alias: {
        ...inBrowsers,
        'brownout/msw': join(root, 'src/msw/browser.ts'),
        'brownout/scenarios': join(root, 'scenarios'),
      },
    },
    plugins: [
      {
        name: 'page',
        load: (id) => (id === entry ? code : undefined),
        resolveId: (id) => (id === entry ? id : undefined),
      },
    ],
    build: { write: false, target: 'es2024', rolldownOptions: { input: entry } },
  })
  const [first] = Array.isArray(built) ? built : [built]
  const [chunk] = first && 'output' in first ? first.output : []
  if (chunk?.type !== 'chunk') throw new Error('The page came out as something else.')
  return chunk.code
}

type InPage = { readonly incident: { readonly tokens: { readonly ours: string }; readonly phase: string } }

test.skipIf(browserPath === undefined)(
  `a page meets the API in the storm${browserPath ? '' : ` (${noBrowser})`}`,
  async () => {
    const seen = await page.evaluate(async () => {
      const { tokens, phase } = (globalThis as unknown as InPage).incident
      const url = 'https://api.intercom.io/contacts'
      const ask = async (init?: RequestInit) => (await fetch(url, init)).status
      const headers = { authorization: `Bearer ${tokens.ours}` }
      const statuses = await Promise.all(Array.from({ length: 80 }, () => ask({ headers })))
      return { phase, statuses: [...new Set(statuses)], stranger: await ask() }
    })
    expect(seen).toEqual({ phase: 'storm', statuses: [200, 429], stranger: 401 })
  },
)

test.skipIf(browserPath === undefined)('there, a scenario by its name is refused in a sentence', async () => {
  const said = await page.evaluate(() => {
    const { createIncident } = globalThis as unknown as { createIncident(name: string): unknown }
    try {
      return createIncident('429-storm')
    } catch (error) {
      return String(error)
    }
  })
  expect(said).toMatch(/429-storm.*no files in a browser[^]*\?raw/u)
})
