// report.html in a real browser: what it draws, that it calls nobody, and that one gets around in it with a keyboard, in the
// dark, on paper and on a telephone. Skipped, with the reason, where there is no browser.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe, { type AxeResults } from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexPage } from '#report/html/index-page.ts'
import { runPage } from '#report/html/run-page.ts'
import { browserPath, launchBrowser, noBrowser } from './browser.ts'
import { results } from './golden/report/results.ts'
import { pageOptions, toldRun } from './report-page.ts'

if (browserPath === undefined) console.warn(`The tests of report.html in a browser are skipped. ${noBrowser}`)

let browser: Browser
let directory = ''
beforeAll(async () => {
  if (browserPath === undefined) return
  directory = mkdtempSync(join(tmpdir(), 'brownout-page-'))
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  if (browserPath === undefined) return
  await browser.close()
  rmSync(directory, { recursive: true })
})

type Opened = { readonly page: Page; readonly said: string[]; readonly asked: string[] }

/** A page from the disk, as soon as everything is drawn; what the console said, and what was asked of any network. */
async function open(html: string, how: BrowserContextOptions = {}, hash = ''): Promise<Opened> {
  const file = join(directory, `page-${Math.random()}.html`)
  writeFileSync(file, html)
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...how })
  const page = await context.newPage()
  const [said, asked]: [string[], string[]] = [[], []]
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => said.push(`thrown: ${error.message}`))
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => said.push('a dialog')))
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(pathToFileURL(file).href + hash)
  return { page, said, asked }
}

const told = toldRun()
const plainPage = runPage(told, pageOptions)

const drawn = async (how?: BrowserContextOptions, hash?: string, text?: string): Promise<Opened> => {
  const opened = await open(text === undefined ? plainPage : runPage(toldRun(text), pageOptions), how, hash)
  await opened.page.waitForFunction(() => document.documentElement.dataset['drawn'] === 'true')
  return opened
}

const range = (page: Page): Promise<string | null> => page.locator('[data-range]').textContent()

describe.skipIf(browserPath === undefined)('report.html in a browser', { timeout: 120_000 }, () => {
  test('says nothing on the console and asks nothing of any network', async () => {
    const { page, said, asked } = await drawn()
    expect(said).toEqual([])
    expect(asked).toEqual([page.url()])
  })

  test('draws a mark for everything that was', async () => {
    const { page } = await drawn()
    const scene = told.kind === 'judged' ? told.scene : undefined
    if (!scene) throw new Error('There is no scene.')
    const count = (selector: string) => page.locator(selector).count()
    // Fresh, stale and error were there; nothing else is drawn.
    expect(await count('.chart g.operations path')).toBe(3)
    expect(await count('.chart g.bands rect')).toBe(scene.bands.shown.length + scene.silences.spans.shown.length)
    expect(await count('.chart g.requests-sent path')).toBe(1)
    expect(await count('.chart g.requests-without-faults path')).toBe(1)
    expect(await count('.chart g.p99 > path, .chart g.p99 > circle')).toBeGreaterThan(100)
    const stories = scene.stories.filter((story) => story !== null)
    const attempts = stories.flatMap(({ lanes }) => lanes.flatMap((lane) => lane.attempts))
    expect(await count('.lanes g.attempts rect')).toBe(attempts.length)
    expect(await count('.lanes g.operations rect')).toBe(stories.flatMap(({ lanes }) => lanes).length)
  })

  test('every request that was sent into a silence is counted in some mark', async () => {
    const { page } = await drawn()
    const titles = await page.locator('.chart g.marks title').allTextContents()
    const again = titles.flatMap((title) => /^(\d+) requests sent before/u.exec(title)?.[1] ?? [])
    expect(again.reduce((sum, count) => sum + Number(count), 0)).toBe(40)
  })

  test('is moved with the keyboard alone, and speaks', async () => {
    const { page } = await drawn()
    const whole = await range(page)
    await page.locator('.chart').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await page.locator('[data-live]').textContent()).toMatch(
      /^11:00:\d\dZ \+ \d+s, baseline; \d+ asked: \d+ fresh/u,
    )
    await page.keyboard.press('+')
    await page.keyboard.press('+')
    await expect.poll(() => range(page)).toBe('11:00:11Z to 11:07:41Z')
    await page.keyboard.press('PageDown')
    await expect.poll(() => range(page)).toBe('11:03:56Z to 11:11:26Z')
    await page.keyboard.press('0')
    await expect.poll(() => range(page)).toBe(whole)
  })

  test('is reached with the tabulator, past a link that leads straight to the report', async () => {
    const { page } = await drawn()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the report')
    const reached: string[] = []
    for (let step = 0; step < 60 && !reached.includes('chart'); step += 1) {
      await page.keyboard.press('Tab')
      reached.push((await page.evaluate(() => document.activeElement?.className)) ?? '')
    }
    expect(reached).toContain('chart')
  })

  test('is zoomed by dragging, and shows the whole run again on a double click', async () => {
    const { page } = await drawn()
    const whole = await range(page)
    await page.locator('#incident').evaluate((one) => one.scrollIntoView({ behavior: 'instant' }))
    const box = await page.locator('.chart').boundingBox()
    if (!box) throw new Error('There is no chart.')
    await page.mouse.move(box.x + 400, box.y + 200)
    await page.mouse.down()
    await page.mouse.move(box.x + 600, box.y + 210, { steps: 4 })
    await page.mouse.up()
    await expect.poll(() => range(page)).toMatch(/^11:0\d:\d\dZ to 11:1\d:\d\dZ$/u)
    expect(await page.locator('[data-view=link]').getAttribute('href')).toMatch(/^#t=\d+-\d+$/u)
    await page.locator('.chart').dblclick({ position: { x: 500, y: 200 } })
    await expect.poll(() => range(page)).toBe(whole)
  })

  test('opens at the time and at the verdict that a link names', async () => {
    const { page } = await drawn({}, '#t=600-900')
    expect(await range(page)).toBe('11:10:00Z to 11:15:00Z')
    const silent = await drawn({}, '#keeps-request-id')
    await expect.poll(() => silent.page.locator('#keeps-request-id').isVisible()).toBe(true)
  })

  test('shows the time of a witness in the chart', async () => {
    const { page } = await drawn()
    await page.locator('button[data-show]').first().click()
    await expect.poll(() => page.locator('.chart g.time-of-the-witness rect').count()).toBeGreaterThan(0)
    expect(await range(page)).toMatch(/^11:09:\d\dZ to 11:10:\d\dZ$/u)
  })

  test('gives its figures as a table, too', async () => {
    const { page } = await drawn()
    await page.locator('details[data-table] summary').click()
    // The rows are written when the browser says that it was opened, a moment after the click.
    const cells = page.locator('details[data-table] tbody td:nth-child(2)')
    await expect.poll(() => cells.count()).toBeGreaterThan(20)
    const asked = await cells.allTextContents()
    expect(asked.reduce((sum, count) => sum + Number(count), 0)).toBe(360)
  })

  test.for(['light', 'dark'] as const)('has no serious fault by the rules of accessibility in the %s', async (mode) => {
    for (const result of [told, ...Object.values(results).slice(-3)]) {
      const html = runPage(result, pageOptions)
      const { page } = await open(html, { colorScheme: mode })
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)))
      await page.evaluate(axe.source)
      const { violations } = (await page.evaluate('axe.run()')) as AxeResults
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([])
      await page.context().close()
    }
  })

  test('is dark where the reader wants it, changes on demand, and is light on paper', async () => {
    const { page } = await drawn({ colorScheme: 'dark' })
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await ground()).toBe('rgb(20, 23, 28)')
    await page.emulateMedia({ media: 'print' })
    expect(await ground()).toBe('rgb(255, 255, 255)')
    await page.emulateMedia({ media: 'screen' })
    await page.locator('[data-theme-button]').click()
    expect(await ground()).toBe('rgb(255, 255, 255)')
  })

  test('draws each run of the index small, and leads to its page', async () => {
    const runs = [told, told, ...Object.values(results)]
    const { page, said, asked } = await open(
      indexPage(
        runs.map((result) => ({ result, page: 'a/report.html' })),
        pageOptions,
      ),
    )
    await page.waitForFunction(() => document.documentElement.dataset['drawn'] === 'true')
    expect(await page.locator('.spark svg path').count()).toBe(4)
    expect(await page.locator('.runs a').first().getAttribute('href')).toBe('a/report.html')
    expect([said, asked]).toEqual([[], [page.url()]])
    await page.evaluate(axe.source)
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  })

  test('fits on a telephone', async () => {
    const { page } = await drawn({ viewport: { width: 360, height: 740 } })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })

  test('can be read without scripts', async () => {
    const { page } = await open(plainPage, { javaScriptEnabled: false })
    expect(await page.locator('noscript').first().isVisible()).toBe(true)
    expect(await page.locator('#settles-within-promise .sentence').isVisible()).toBe(true)
  })

  test.for(['</script><script>document.title="taken"</script>', '<img src=x onerror="document.title=\'taken\'">'])(
    '%s in every field runs nowhere',
    async (text) => {
      const { page, said, asked } = await drawn({}, '', text)
      expect(said).toEqual([])
      expect(asked).toEqual([page.url()])
      expect(await page.title()).toContain('FAIL told')
      expect(await page.locator('img').count()).toBe(0)
    },
  )
})
