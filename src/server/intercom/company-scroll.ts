// The one scroll over all companies that an app may have open. It shows the companies there were when it was opened, under one
// parameter from the first page to the last, and is over after an empty page or a minute without a call.

import type { Prng } from '#random/prng.ts'
import { uuid } from './identifiers.ts'

const perPage = 100
const idleSeconds = 60

type Open = { readonly param: string; readonly ids: readonly string[]; readonly next: number; readonly usedAt: number }

type ScrollPage = { readonly param: string; readonly ids: readonly string[] }

export class CompanyScroll {
  readonly #random: Prng
  #opened = 0
  #open: Open | undefined

  constructor(random: Prng) {
    this.#random = random
  }

  /** `undefined` while another scroll is open. */
  start(ids: readonly string[], now: number): ScrollPage | undefined {
    if (this.#current(now)) return undefined
    this.#opened += 1
    return this.#turn({ param: uuid(this.#random.fork(this.#opened)), ids, next: 0, usedAt: now }, now)
  }

  /** `undefined` when the parameter is not that of the open scroll. */
  proceed(param: string, now: number): ScrollPage | undefined {
    const open = this.#current(now)
    return open?.param === param ? this.#turn(open, now) : undefined
  }

  #current(now: number): Open | undefined {
    return this.#open !== undefined && now - this.#open.usedAt <= idleSeconds ? this.#open : undefined
  }

  #turn(open: Open, now: number): ScrollPage {
    const ids = open.ids.slice(open.next, open.next + perPage)
    this.#open = ids.length === 0 ? undefined : { ...open, next: open.next + perPage, usedAt: now }
    return { param: open.param, ids }
  }
}
