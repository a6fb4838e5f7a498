// TLS failure: the handshake ends before there is a connection, because it is cut, or because the client does not believe the certificate.
// The client sees `fetch failed` with the code that says so. The request never left; it is the other side that must mend it, and a
// certificate is no better a second later.

import { z } from 'zod'
import type { NetCode } from '#history/facts.ts'
import { defineFault, type Handshake } from './fault.ts'

const sentences = {
  expired: 'The certificate of the host has expired.',
  'other-name': 'The certificate of the host is for another name.',
  'unknown-authority': 'The certificate of the host is signed by an authority that nobody knows.',
  cut: 'The connection is closed in the middle of the TLS handshake.',
} as const satisfies Record<Handshake, string>

const codes: Readonly<Record<Handshake, NetCode>> = {
  expired: 'CERT_HAS_EXPIRED',
  'other-name': 'ERR_TLS_CERT_ALTNAME_INVALID',
  'unknown-authority': 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  cut: 'ECONNRESET',
}

const reasons = Object.keys(sentences) as [Handshake, ...Handshake[]]

export const tlsFailure = defineFault({
  kind: 'tls-failure',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    reason: z.enum(reasons, { error: `write one of ${reasons.join(', ')}` }).describe('What is wrong with it.'),
  }),
  effects: () => ['none'],
  handshake: ({ reason }) => reason,
  explain: ({ reason }) => sentences[reason],
  decide: ({ reason }) => ({ kind: 'abort', effect: 'none', phase: 'connect', code: codes[reason] }),
})
