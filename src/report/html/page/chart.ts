// The incident chart: draws what is in view, and lets it be moved by mouse, keyboard and buttons.

import type { PageData } from '../page-data.ts'
import { all, asPicture, find, made } from './dom.ts'
import { Figures, type Bucket, type View } from './figures.ts'
import type { Drawn, Frame } from './frame.ts'
import { axisPanel, panelsOf, type Panel } from './panels.ts'
import { phrasesOf, timeIn } from './readout.ts'
import { stripsOf } from './strips.ts'
import { figureTable, mostRows } from './table.ts'
import { around, linkOf, moved, viewOfLink, whole, within, zoomed, type Ground } from './view.ts'

const pixelsPerBucket = 4

export class Chart {
  readonly #data: PageData
  readonly #figures: Figures
  readonly #ground: Ground
  readonly #root: HTMLElement
  readonly #panels: readonly Panel[]
  readonly #places: HTMLElement[] = []
  readonly #cursor = made('div', 'cursor')
  readonly #selection = made('div', 'selection')
  #view: View
  #marked: View | null = null
  #buckets: Bucket[] = []
  #drawn: Drawn | null = null
  #at: number | null = null
  #isAsked = false
  #width = 0

  constructor(root: HTMLElement, data: PageData) {
    this.#root = root
    this.#data = data
    this.#figures = new Figures(data)
    this.#ground = { endMs: this.#figures.endMs, leastMs: this.#figures.stepMs * 10 }
    this.#view = viewOfLink(location.hash, this.#ground) ?? whole(this.#ground)
    this.#panels = panelsOf(this.#figures.in(whole(this.#ground), 400), data.twin !== null)
    this.#build()
    this.draw()
  }

  get ground(): Ground {
    return this.#ground
  }

  get view(): View {
    return this.#view
  }

  get data(): PageData {
    return this.#data
  }

  show(view: View): void {
    this.#view = within(view, this.#ground)
    this.#ask()
  }

  zoom(factor: number, at = this.#at ?? (this.#view.from + this.#view.until) / 2): void {
    this.show(zoomed(this.#view, factor, at, this.#ground))
  }

  move(part: number): void {
    this.show(moved(this.#view, part, this.#ground))
  }

  showAll(): void {
    this.#marked = null
    this.show(whole(this.#ground))
  }

  /** The time of a witness, with some room around it. */
  mark(stretch: View): void {
    this.#marked = stretch
    this.show(around(stretch, this.#ground))
  }

  /** The moment below a place of the screen; `null` outside. */
  timeAt(clientX: number): number | null {
    const box = this.#root.getBoundingClientRect()
    const scale = this.#drawn?.scale('x')
    if (!scale) return null
    const [left, right] = [this.#data.startMs + this.#view.from, this.#data.startMs + this.#view.until].map((at) =>
      scale.apply(at),
    )
    if (left === undefined || right === undefined) return null
    const part = (clientX - box.left - left) / (right - left)
    if (part < -0.02 || part > 1.02) return null
    return this.#view.from + Math.min(1, Math.max(0, part)) * (this.#view.until - this.#view.from)
  }

  point(at: number | null, isSpoken = false): void {
    this.#at = at
    this.#drawCursor()
    const bucket = at === null ? undefined : this.#buckets.find(({ from, until }) => at >= from && at < until)
    const phrases = bucket
      ? phrasesOf(bucket, this.#data)
      : ['Point at the chart, or move through it with the arrow keys.']
    find('[data-readout]', HTMLElement)?.replaceChildren(...phrases.map((phrase) => made('span', '', phrase)))
    if (isSpoken && bucket) find('[data-live]', HTMLElement)?.replaceChildren(phrases.join('; '))
  }

  /** Moves the cursor by buckets. */
  step(by: number): void {
    const { from, until } = this.#view
    const width = this.#buckets[0] ? this.#buckets[0].until - this.#buckets[0].from : this.#figures.stepMs
    const start = this.#at === null ? from - width / 2 : this.#at
    const at = Math.min(Math.max(0, start + by * width), this.#ground.endMs - 1)
    if (at < from || at > until) this.move(by > 0 ? 0.5 : -0.5)
    this.point(at, true)
  }

  select(from: number, until: number): void {
    this.#place(this.#selection, Math.min(from, until), Math.max(from, until))
  }

  unselect(): void {
    this.#selection.hidden = true
  }

  #ask(): void {
    if (this.#isAsked) return
    this.#isAsked = true
    requestAnimationFrame(() => {
      this.#isAsked = false
      this.draw()
    })
  }

  #build(): void {
    const place = find('.panels', HTMLElement, this.#root)
    if (!place) return
    const strips = made('div', 'panel')
    const axis = made('div', 'panel')
    this.#places.push(strips)
    place.append(strips)
    for (const { title, legend } of this.#panels) {
      const words = legend.map(({ word, tone, dashed }) =>
        made('span', '', made('i', `swatch ${tone}${dashed ? ' dashed' : ''}`), word),
      )
      const body = made('div', 'panel')
      this.#places.push(body)
      place.append(made('div', 'panel-head', made('h3', '', title), made('p', 'legend', ...words)), body)
    }
    this.#places.push(axis)
    place.append(axis, this.#cursor, this.#selection)
    this.#selection.hidden = true
    for (const hidden of all('.controls, .overview, [data-readout]', HTMLElement)) hidden.hidden = false
    this.point(null)
  }

  /** To a window of another width. */
  fit(): void {
    if (this.#width !== widthOf(this.#root)) this.#ask()
  }

  draw(): void {
    const width = widthOf(this.#root)
    this.#width = width
    this.#buckets = this.#figures.in(this.#view, Math.floor(width / pixelsPerBucket))
    const frame: Frame = { data: this.#data, view: this.#view, width, marked: this.#marked }
    const plots = [
      stripsOf(this.#buckets, frame),
      ...this.#panels.map(({ draw }) => draw(this.#buckets, frame)),
      axisPanel(frame),
    ]
    plots.forEach((plot, index) => this.#places[index]?.replaceChildren(asPicture(plot)))
    this.#drawn = plots[0] ?? null
    this.#drawControls()
    this.#drawCursor()
  }

  #drawControls(): void {
    const { from, until } = this.#view
    const { endMs } = this.#ground
    find('[data-range]', HTMLElement)?.replaceChildren(`${timeIn(this.#data, from)} to ${timeIn(this.#data, until)}`)
    find('[data-view=link]', HTMLAnchorElement)?.setAttribute('href', linkOf(this.#view))
    const window = find('.overview span', HTMLElement)
    if (window)
      Object.assign(window.style, { left: `${(from / endMs) * 100}%`, width: `${((until - from) / endMs) * 100}%` })
    const table = find('details[data-table]', HTMLDetailsElement)
    if (table?.open)
      find('.scroll', HTMLElement, table)?.replaceChildren(
        figureTable(this.#figures.in(this.#view, mostRows), this.#data),
      )
  }

  #drawCursor(): void {
    const { from, until } = this.#view
    this.#cursor.hidden = this.#at === null || this.#at < from || this.#at > until
    if (!this.#cursor.hidden && this.#at !== null) this.#place(this.#cursor, this.#at, this.#at)
  }

  #place(element: HTMLElement, from: number, until: number): void {
    const scale = this.#drawn?.scale('x')
    if (!scale) return
    const [left, right] = [scale.apply(this.#data.startMs + from), scale.apply(this.#data.startMs + until)]
    element.hidden = false
    Object.assign(element.style, { left: `${left}px`, width: `${Math.max(1, right - left)}px` })
  }
}

function widthOf(root: HTMLElement): number {
  return Math.max(320, root.clientWidth)
}
