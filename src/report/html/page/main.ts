// The program of a page. Without it everything can be read but the drawings.

import type { IndexData } from '../index-page.ts'
import type { PageData } from '../page-data.ts'
import { Chart } from './chart.ts'
import { listen } from './controls.ts'
import { all, find } from './dom.ts'
import { drawStory } from './lanes.ts'
import { drawSparks } from './sparks.ts'

function start(): void {
  listenToTheme()
  listenToCopies()
  listenToPrinting()
  const text = find('#data', HTMLElement)?.textContent ?? 'null'
  const data = JSON.parse(text) as PageData | IndexData | null
  if (data && 'sparks' in data) drawSparks(data.sparks)
  else if (data) drawRun(data)
  document.documentElement.dataset['drawn'] = 'true'
}

function drawRun(data: PageData): void {
  const root = find('.chart', HTMLElement)
  const chart = root && new Chart(root, data)
  if (chart) listen(chart, root)
  drawStories(data, chart)
  openTarget()
  addEventListener('hashchange', openTarget)
}

function drawStories(data: PageData, chart: Chart | null): void {
  for (const figure of all('figure.story', HTMLElement)) {
    const story = data.stories[figure.dataset['story'] ?? '']
    const place = find('.lanes', HTMLElement, figure)
    if (!story || !place) continue
    let width = 0
    const draw = (): void => {
      if (place.clientWidth === width) return
      width = place.clientWidth
      place.replaceChildren(...drawStory(story, data.startMs, Math.max(320, width)))
    }
    new ResizeObserver(draw).observe(place)
    draw()
    find('button[data-show]', HTMLButtonElement, figure)?.addEventListener('click', () => {
      chart?.mark(story)
      const root = find('.chart', HTMLElement)
      root?.focus({ preventScroll: true })
      find('#incident', HTMLElement)?.scrollIntoView()
    })
  }
}

/** What a link leads to may lie in a part that is closed. */
function openTarget(): void {
  const target = location.hash.length > 1 ? document.querySelector(`#${CSS.escape(location.hash.slice(1))}`) : null
  const closed = target?.closest('details')
  if (!target || !closed || closed.open) return
  closed.open = true
  target.scrollIntoView()
}

function listenToTheme(): void {
  const button = find('[data-theme-button]', HTMLButtonElement)
  if (!button) return
  button.hidden = false
  button.addEventListener('click', () => {
    const { dataset } = document.documentElement
    const isDark =
      dataset['theme'] === undefined ? matchMedia('(prefers-color-scheme: dark)').matches : dataset['theme'] === 'dark'
    dataset['theme'] = isDark ? 'light' : 'dark'
  })
}

function listenToCopies(): void {
  for (const button of all('button[data-copy]', HTMLButtonElement))
    button.addEventListener('click', () => {
      const source = document.querySelector(`#${button.dataset['copy'] ?? ''}`)
      if (!source) return
      // From a disk some browsers give no clipboard; the text is selected in any case.
      getSelection()?.selectAllChildren(source)
      void Promise.resolve(navigator.clipboard?.writeText(source.textContent ?? '')).then(
        () => button.replaceChildren('copied'),
        () => button.replaceChildren('selected'),
      )
    })
}

/** On paper nothing can be opened. */
function listenToPrinting(): void {
  addEventListener('beforeprint', () => {
    for (const details of all('details', HTMLDetailsElement))
      if (!details.matches('[data-table], .silent')) details.open = true
  })
}

start()
