// How much memory a program and all it started in its session hold, where the system tells (Linux).

import { readdirSync, readFileSync } from 'node:fs'

const pageBytes = 4_096

/** 0 where nothing is known. */
export function residentBytes(session: number): number {
  if (process.platform !== 'linux') return 0
  const pages = readdirSync('/proc').map((name) => (/^\d+$/u.test(name) ? residentPages(name, session) : 0))
  return pages.reduce((sum, each) => sum + each, 0) * pageBytes
}

/** The name of the command stands in brackets and may hold anything; after it the session is the fourth word, the resident set the 22nd. */
function residentPages(pid: string, session: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const words = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return Number(words[3]) === session ? Number(words[21]) : 0
  } catch {
    // It has just ended.
    return 0
  }
}
