// All that a program has started, as far as the system tells (Linux): who is in its session, and who was ever seen to descend from it.
// A daemon that has left the session, and whose parent has ended, is still known if it was looked at in between.

import { readdirSync, readFileSync } from 'node:fs'

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

export class Kin {
  readonly #leader: number
  /** When they began, by id. */
  readonly #known = new Map<number, string>()
  #seen: readonly Seen[] = []

  constructor(leader: number) {
    this.#leader = leader
  }

  look(): void {
    const all = everybody()
    const isOurs = (one: Seen): boolean => one.session === this.#leader || this.#known.get(one.pid) === one.begun
    const ours = new Set(all.filter(isOurs))
    let before = -1
    while (ours.size > before) {
      before = ours.size
      const pids = new Set([...ours].map(({ pid }) => pid))
      for (const one of all) if (pids.has(one.parent)) ours.add(one)
    }
    this.#seen = [...ours]
    this.#known.clear()
    for (const { pid, begun } of ours) this.#known.set(pid, begun)
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

function everybody(): readonly Seen[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap((name) => (/^\d+$/u.test(name) ? seen(name) : []))
}

/** The name of the command stands in brackets and may hold anything; the numbers of the words are those after it. */
function seen(pid: string): readonly Seen[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const words = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const [parent, group, session] = [Number(words[1]), Number(words[2]), Number(words[3])]
    return [{ pid: Number(pid), parent, group, session, begun: words[19] ?? '', pages: Number(words[21]) }]
  } catch {
    // It has just ended.
    return []
  }
}
