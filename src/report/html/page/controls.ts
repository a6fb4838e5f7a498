// Hands on the chart: keys, buttons, drag, wheel.

import type { Chart } from './chart.ts'
import { all, find } from './dom.ts'
import { viewOfLink } from './view.ts'

const keys: Readonly<Record<string, (chart: Chart) => void>> = {
  ArrowLeft: (chart) => chart.step(-1),
  ArrowRight: (chart) => chart.step(1),
  '+': (chart) => chart.zoom(0.5),
  '=': (chart) => chart.zoom(0.5),
  '-': (chart) => chart.zoom(2),
  PageUp: (chart) => chart.move(-0.5),
  PageDown: (chart) => chart.move(0.5),
  Home: (chart) => chart.show({ from: 0, until: chart.view.until - chart.view.from }),
  End: (chart) =>
    chart.show({ from: chart.ground.endMs - (chart.view.until - chart.view.from), until: chart.ground.endMs }),
  '0': (chart) => chart.showAll(),
  Escape: (chart) => chart.showAll(),
}

const buttons: Readonly<Record<string, (chart: Chart) => void>> = {
  in: (chart) => chart.zoom(0.5),
  out: (chart) => chart.zoom(2),
  earlier: (chart) => chart.move(-0.5),
  later: (chart) => chart.move(0.5),
  all: (chart) => chart.showAll(),
}

export function listen(chart: Chart, root: HTMLElement): void {
  root.addEventListener('keydown', (event) => {
    const act = keys[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    act(chart)
  })
  for (const button of all('button[data-view]', HTMLButtonElement))
    button.addEventListener('click', () => buttons[button.dataset['view'] ?? '']?.(chart))
  listenToPhases(chart)
  listenToMouse(chart, root)
  find('details[data-table]', HTMLDetailsElement)?.addEventListener('toggle', () => chart.draw())
  addEventListener('hashchange', () => {
    const view = viewOfLink(location.hash, chart.ground)
    if (view) chart.show(view)
  })
  new ResizeObserver(() => chart.fit()).observe(root)
}

function listenToPhases(chart: Chart): void {
  const select = find('select[data-view=phase]', HTMLSelectElement)
  select?.addEventListener('change', () => {
    const phase = chart.data.bands.filter(({ row }) => row === 'phase')[Number(select.value)]
    if (select.value === '') chart.showAll()
    else if (phase)
      chart.show({
        from: phase.from - (phase.until - phase.from) * 0.1,
        until: phase.until + (phase.until - phase.from) * 0.1,
      })
  })
}

/** Less is a click that trembled. */
const leastDrag = 6

function listenToMouse(chart: Chart, root: HTMLElement): void {
  let begun: { readonly at: number; readonly x: number } | null = null
  root.addEventListener('pointerdown', (event) => {
    const at = chart.timeAt(event.clientX)
    if (event.button === 0 && event.pointerType === 'mouse' && at !== null) begun = { at, x: event.clientX }
  })
  root.addEventListener('pointermove', (event) => {
    const at = chart.timeAt(event.clientX)
    chart.point(at)
    if (begun && at !== null && Math.abs(event.clientX - begun.x) > leastDrag) {
      event.preventDefault()
      chart.select(begun.at, at)
    }
  })
  addEventListener('pointerup', (event) => {
    const at = chart.timeAt(event.clientX)
    chart.unselect()
    if (begun && at !== null && Math.abs(event.clientX - begun.x) > leastDrag)
      chart.show({ from: Math.min(begun.at, at), until: Math.max(begun.at, at) })
    begun = null
  })
  root.addEventListener('pointerleave', () => chart.point(null))
  root.addEventListener('dblclick', () => chart.showAll())
  root.addEventListener('wheel', (event) => listenToWheel(chart, event), { passive: false })
}

/** The plain wheel scrolls the page, as everywhere. */
function listenToWheel(chart: Chart, event: WheelEvent): void {
  const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY)
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault()
    chart.zoom(1.2 ** Math.sign(event.deltaY), chart.timeAt(event.clientX) ?? undefined)
  } else if (isSideways) {
    event.preventDefault()
    chart.move(event.deltaX / 1_000)
  }
}
