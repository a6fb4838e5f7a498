// The socket of an engine that can go away while the engine stays: what is sent to it is passed on until it is closed.

import { mkdtempSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Passage = { readonly host: string; close(): void }

export async function openPassage(to: string): Promise<Passage> {
  const path = join(mkdtempSync(join(tmpdir(), 'engine-')), 'socket')
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = createConnection({ path: to, allowHalfOpen: true })
    for (const one of [near, far]) {
      open.add(one)
      one.on('error', () => {})
      one.once('close', () => open.delete(one))
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return {
    host: `unix://${path}`,
    close: () => {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}
