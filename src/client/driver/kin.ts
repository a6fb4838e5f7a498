// All that a program has started, as far as the system tells (Linux): who is in its session, who was ever seen to descend from it, and who
// bears its mark: in the environment, which some clear, or in the limits, which nobody does.

import { readdirSync, readFileSync } from 'node:fs'
import { hasStamp } from './stamp.ts'

export const markName = 'BROWNOUT_DRIVER'

/** `text` is in the environment. */
export type Mark = { readonly text: string; readonly stamp: number | undefined }

const pageBytes = 4_096

type Seen = {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly session: number
  /** Ids are used again; nobody else has begun in the same moment with the same one. */
  readonly begun: string
  readonly pages: number
}

type Times = ReadonlyMap<number, string>

export class Kin {
  readonly #leader: number
  readonly #mark: Mark
  /** When they began, by id. */
  #known: Times = new Map()
  #strangers: Times = new Map()
  #seen: readonly Seen[] = []

  /** Nobody has 0 for its leader: then only the mark tells. */
  constructor(leader: number, mark: Mark) {
    this.#leader = leader
    this.#mark = mark
  }

  look(): void {
    const all = everybody()
    const ours = new Set(all.filter((one) => this.#isOurs(one)))
    let before = -1
    while (ours.size > before) {
      before = ours.size
      const pids = new Set([...ours].map(({ pid }) => pid))
      for (const one of all) if (pids.has(one.parent)) ours.add(one)
    }
    this.#seen = [...ours]
    this.#known = timesOf(this.#seen)
    this.#strangers = timesOf(all.filter((one) => !ours.has(one)))
  }

  /** What began without the mark has none later. */
  #isOurs({ pid, session, begun }: Seen): boolean {
    if (session === this.#leader || this.#known.get(pid) === begun) return true
    return this.#strangers.get(pid) !== begun && isMarked(pid, this.#mark)
  }

  /** What all of them held at the last look; 0 where nothing is known. */
  get residentBytes(): number {
    return this.#seen.reduce((sum, { pages }) => sum + pages, 0) * pageBytes
  }

  /** Who had left the session at the last look. */
  get strays(): readonly { readonly pid: number; readonly group: number }[] {
    return this.#seen.filter(({ session }) => session !== this.#leader)
  }
}

function timesOf(some: readonly Seen[]): Times {
  return new Map(some.map(({ pid, begun }) => [pid, begun]))
}

function isMarked(pid: number, { text, stamp }: Mark): boolean {
  if (stamp !== undefined && hasStamp(pid, stamp)) return true
  try {
    return readFileSync(`/proc/${pid}/environ`).includes(`${markName}=${text}\0`)
  } catch {
    // It has just ended, or is somebody else's.
    return false
  }
}

/** But who has ended, and waits for its parent to notice. */
function everybody(): readonly Seen[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap((name) => (/^\d+$/u.test(name) ? seen(name) : []))
}

/** The name of the command stands in brackets and may hold anything; the numbers of the words are those after it. */
function seen(pid: string): readonly Seen[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const words = text.slice(text.lastIndexOf(')') + 2).split(' ')
    if (words[0] === 'Z') return []
    const [parent, group, session] = [Number(words[1]), Number(words[2]), Number(words[3])]
    return [{ pid: Number(pid), parent, group, session, begun: words[19] ?? '', pages: Number(words[21]) }]
  } catch {
    // It has just ended.
    return []
  }
}
