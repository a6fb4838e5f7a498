// What is measured, by letter. Each family plays in a process of its own, so that none bears what another left on the heap.

import type { Figure } from './figure.ts'

export type Family = {
  readonly title: string
  readonly load: () => Promise<{ measure(): Promise<readonly Figure[]> }>
}

export const families: Readonly<Record<string, Family>> = {
  a: { title: 'Cost per exchange, by who stands in for the API', load: () => import('./exchange-cost.ts') },
  b: { title: 'Replay speed of the library', load: () => import('./replay-speed.ts') },
  c: { title: 'Start-up', load: () => import('./start-up.ts') },
  d: { title: 'Fuzzing', load: () => import('./trial-rate.ts') },
  e: { title: 'Decoding, oracles and reports, by the length of the run', load: () => import('./judging-cost.ts') },
  f: { title: 'Memory per exchange', load: () => import('./memory.ts') },
  g: { title: 'Real sockets', load: () => import('./loopback-rate.ts') },
}

/** Called in the process of the family. */
export async function measure(letter: string): Promise<readonly Figure[]> {
  const family = families[letter]
  if (!family) throw new Error(`There is no family ${letter}.`)
  return (await family.load()).measure()
}
