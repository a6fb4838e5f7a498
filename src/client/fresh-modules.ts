// Loads the modules of a client anew for every run of one process, so that what they keep at module level never reaches the
// next run. Packages in node_modules stay: a verdict other than a pass is confirmed in a process that has seen nothing.

import { createRequire, registerHooks } from 'node:module'

const own = new URL('../', import.meta.url).href
const { cache } = createRequire(import.meta.url)
let life = 1

/** From now on modules of clients are other modules than before. */
export function forgetModules(): void {
  life += 1
  for (const file of Object.keys(cache)) if (!file.includes('node_modules')) delete cache[file]
  if (life > 2) return
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const found = nextResolve(specifier, context)
      return isOfClient(found.url) ? { ...found, url: marked(found.url) } : found
    },
  })
}

function isOfClient(url: string): boolean {
  return url.startsWith('file:') && !url.startsWith(own) && !url.includes('/node_modules/')
}

function marked(url: string): string {
  const bare = url.replace(/[?&]life=\d+/u, '')
  return `${bare}${bare.includes('?') ? '&' : '?'}life=${life}`
}
