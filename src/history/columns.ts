// Columns of a long history: what a field of a kind of event held, row by row, in as little room as it takes. Rows are only added.

const rowsPerPage = 65_536
const bytesPerPage = 1 << 20

export interface Column {
  /** `undefined`: this row has no such field. */
  add(value: unknown): void
  at(row: number): unknown
}

const leastInteger = -(2 ** 31)
const [absent, nothing] = [leastInteger, leastInteger + 1]
/** The same in a page of bytes, and below them what such a page can hold. */
const [absentByte, nothingByte] = [255, 254]

type Page = Uint8Array | Int32Array | Float64Array

/** Numbers, `null`s and gaps. A page takes one byte for each as long as all of them are very small and whole, and four as long as they are small. */
export class NumberColumn implements Column {
  readonly #pages: Page[] = []
  #rows = 0

  add(value: unknown): void {
    const [page, index] = [this.#rows >> 16, this.#rows & 0xff_ff]
    if (value === absent || value === nothing) throw new RangeError(`A column holds no ${value}.`)
    const number = value === undefined ? absent : value === null ? nothing : (value as number)
    const needed = bytesFor(number)
    let known = (this.#pages[page] ??= newPage(needed))
    if (known.BYTES_PER_ELEMENT < needed) known = this.#pages[page] = widened(known, needed)
    known[index] = known instanceof Uint8Array ? toByte(number) : number
    this.#rows += 1
  }

  at(row: number): number | null | undefined {
    const page = this.#pages[row >> 16]
    const held = page?.[row & 0xff_ff]
    const number = page instanceof Uint8Array && held !== undefined ? fromByte(held) : held
    return number === absent ? undefined : number === nothing ? null : number
  }
}

function bytesFor(number: number): 1 | 4 | 8 {
  if (number === absent || number === nothing) return 1
  if (!Number.isInteger(number) || Object.is(number, -0)) return 8
  if (number >= 0 && number < nothingByte) return 1
  return number >= leastInteger && number < -leastInteger ? 4 : 8
}

function newPage(bytes: 1 | 4 | 8): Page {
  if (bytes === 1) return new Uint8Array(rowsPerPage)
  return bytes === 4 ? new Int32Array(rowsPerPage) : new Float64Array(rowsPerPage)
}

function widened(page: Page, bytes: 1 | 4 | 8): Page {
  const wider = newPage(bytes)
  if (page instanceof Uint8Array) page.forEach((held, index) => (wider[index] = fromByte(held)))
  else wider.set(page)
  return wider
}

function toByte(number: number): number {
  return number === absent ? absentByte : number === nothing ? nothingByte : number
}

function fromByte(held: number): number {
  return held === absentByte ? absent : held === nothingByte ? nothing : held
}

/** Values of which there are few: each is kept once. Texts, truth values, `null` and small plain objects. */
export class ValueColumn implements Column {
  readonly #codes = new NumberColumn()
  readonly #values: unknown[] = []
  readonly #known = new Map<unknown, number>()
  readonly #objects = new Map<string, number>()

  add(value: unknown): void {
    if (value === undefined) this.#codes.add(undefined)
    else if (typeof value === 'object' && value !== null)
      this.#codes.add(this.#codeOf(this.#objects, JSON.stringify(value), value))
    else this.#codes.add(this.#codeOf(this.#known, value, value))
  }

  #codeOf<K>(known: Map<K, number>, key: K, value: unknown): number {
    const code = known.get(key)
    if (code !== undefined) return code
    const next = this.#values.push(value) - 1
    known.set(key, next)
    return next
  }

  at(row: number): unknown {
    const code = this.#codes.at(row)
    return typeof code === 'number' ? this.#values[code] : undefined
  }
}

/** Texts that are all different, such as ids of requests: as bytes, away from the heap. */
export class TextColumn implements Column {
  readonly #pages: Buffer[] = []
  readonly #begins = new NumberColumn()
  readonly #lengths = new NumberColumn()
  #used = bytesPerPage

  add(value: unknown): void {
    if (value === undefined) {
      this.#begins.add(undefined)
      this.#lengths.add(undefined)
      return
    }
    const text = value as string
    const length = Buffer.byteLength(text)
    if (this.#used + length > bytesPerPage) {
      this.#pages.push(Buffer.alloc(Math.max(bytesPerPage, length)))
      this.#used = 0
    }
    this.#begins.add((this.#pages.length - 1) * bytesPerPage + this.#used)
    this.#lengths.add(length)
    this.#pages.at(-1)?.write(text, this.#used)
    this.#used += length
  }

  at(row: number): string | undefined {
    const [begin, length] = [this.#begins.at(row), this.#lengths.at(row)]
    if (typeof begin !== 'number' || typeof length !== 'number') return undefined
    if (length === 0) return ''
    const [page, from] = [Math.floor(begin / bytesPerPage), begin % bytesPerPage]
    return this.#pages[page]?.toString('utf8', from, from + length)
  }
}

/** Objects whose fields are columns: small ones that are all different. */
export class RecordColumn implements Column {
  readonly #is = new ValueColumn()
  readonly #fields = new Map<string, Column>()
  #rows = 0

  add(value: unknown): void {
    this.#is.add(value === undefined || value === null ? value : true)
    const fields = (value ?? {}) as Readonly<Record<string, unknown>>
    for (const name of Object.keys(fields))
      if (!this.#fields.has(name)) this.#fields.set(name, gap(new NumberColumn(), this.#rows))
    for (const [name, column] of this.#fields) column.add(fields[name])
    this.#rows += 1
  }

  at(row: number): unknown {
    const is = this.#is.at(row)
    if (is !== true) return is
    const found: Record<string, unknown> = {}
    for (const [name, column] of this.#fields) {
      const value = column.at(row)
      if (value !== undefined) found[name] = value
    }
    return found
  }
}

/** A field that is met for the first time was in none of the rows before. */
export function gap<C extends Column>(column: C, rows: number): C {
  for (let row = 0; row < rows; row += 1) column.add(undefined)
  return column
}
