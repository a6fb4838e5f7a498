// While listeners speak HTTPS, this process trusts who vouches for them, and nobody else: it may reach nobody else either.

import * as nodeTls from 'node:tls'
import { UserError } from '#context/user-error.ts'

type Tls = Partial<Pick<typeof nodeTls, 'getCACertificates' | 'setDefaultCACertificates'>>

/** Whatever is sent by `fetch`, `node:https`, `undici` and all that builds on them. Returns what ends it. Throws UserError where Node cannot
 * do that: 22.18 is the one we run on. */
export function trust(ca: string, { getCACertificates, setDefaultCACertificates }: Tls = nodeTls): () => void {
  if (!getCACertificates || !setDefaultCACertificates)
    throw new UserError(`HTTPS on real sockets takes Node 22.19 or newer, and this is ${process.version}.`)
  const before = getCACertificates('default')
  setDefaultCACertificates([ca])
  return () => setDefaultCACertificates(before)
}
