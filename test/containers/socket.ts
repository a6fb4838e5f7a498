// The socket of an engine that can go away while the engine stays: what is sent to it is passed on until it is closed.

import { mkdtempSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** `stall`: nothing is passed on any more, and nothing is closed. */
export type Passage = { readonly host: string; stall(): void; close(): void }

export async function openPassage(to: string): Promise<Passage> {
  const path = join(mkdtempSync(join(tmpdir(), 'engine-')), 'socket')
  const open = new Set<Socket>()
  let isStalled = false
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = createConnection({ path: to, allowHalfOpen: true })
    for (const one of [near, far]) {
      open.add(one)
      one.on('error', () => {})
      one.once('close', () => open.delete(one))
    }
    if (!isStalled) near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return {
    host: `unix://${path}`,
    stall: () => {
      isStalled = true
      for (const socket of open) socket.unpipe().pause()
    },
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
