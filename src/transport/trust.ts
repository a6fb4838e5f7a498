// While listeners speak HTTPS, this process trusts who vouches for them, and nobody else: it may reach nobody else either.

import { getCACertificates, setDefaultCACertificates } from 'node:tls'

/** Whatever is sent by `fetch`, `node:https`, `undici` and all that builds on them. Returns what ends it. */
export function trust(ca: string): () => void {
  const before = getCACertificates('default')
  setDefaultCACertificates([ca])
  return () => setDefaultCACertificates(before)
}
