// For each kind of fault, what a scenario may write under `with:`, and what it may not. The laws hold for all of it.

import type { ExchangeView } from './fault.ts'

type Samples = {
  readonly good: readonly unknown[]
  readonly bad: readonly unknown[]
  /** What only some exchanges that match are hit by. */
  readonly partial?: readonly unknown[]
  /** An exchange that it is about, where that is not any. */
  readonly about?: Partial<ExchangeView>
}

const ofNextPage = { url: new URL('https://api.au.intercom.io/contacts?starting_after=abc') }

export const samples: Readonly<Record<string, Samples>> = {
  'attachment-lag': { good: [{ lag: '3d' }], bad: [{}, { lag: 3 }, { lag: '3' }] },
  'cache-flush': { good: [{}], bad: [{ share: '50%' }] },
  'cache-pause': { good: [{}], bad: [{ after: '5s' }] },
  'cache-restart': { good: [{}], bad: [{ away: '5s' }] },
  'capacity-loss': { good: [{}], bad: [{ share: '25%' }] },
  'client-pause': { good: [{}], bad: [{ away: '5s' }] },
  'client-restart': { good: [{}, { away: '1m' }, { away: '0s' }], bad: [{ away: 5 }, { after: '5s' }] },
  'clock-skew': { good: [{ ahead: '5m' }, { behind: '1h30m' }], bad: [{ ahead: 5 }, { by: '5m' }] },
  'clock-step': { good: [{ ahead: '5m' }, { behind: '1h30m' }], bad: [{ ahead: 5 }, { by: '5m' }] },
  'commit-then-fail': {
    good: [{}, ...['500', '502', '503', '504', 'reset', 'silence'].map((answer) => ({ answer }))],
    bad: [{ answer: 500 }, { answer: '429' }],
  },
  'connect-timeout': { good: [{}], bad: [{ after: '10s' }] },
  'connection-refused': { good: [{}], bad: [{ code: 'ENOTFOUND' }] },
  'connection-reset': {
    good: [{}, { phase: 'headers' }, { phase: 'body', code: 'UND_ERR_SOCKET' }],
    bad: [{ phase: 'connect' }, { code: 'ECONNREFUSED' }],
  },
  'corrupt-body': {
    good: ['truncated', 'garbage', 'html', 'empty', 'wrong-type', 'mislabelled'].map((form) => ({ form })),
    bad: [{}, { form: 'broken' }],
  },
  'crash-loop': {
    good: [{ coldRequests: '1/s', restart: '20s' }],
    bad: [{}, { coldRequests: 1, restart: '20s' }, { coldRequests: '1/s', restart: '20' }, { coldRequests: '1/s' }],
  },
  'cursor-expired': { good: [{}], bad: [{ page: 2 }], about: ofNextPage },
  'cursor-repeated': { good: [{}], bad: [{ page: 2 }], about: ofNextPage },
  demand: { good: [{ requests: '120/s' }], bad: [{}, { requests: '120' }, { requests: 120 }] },
  'deviant-body': {
    good: ['unknown-fields', 'missing-field', 'huge', 'deep', 'null-list'].map((form) => ({ form })),
    bad: [{}, { form: 'broken' }],
  },
  'dns-failure': { good: [{}], bad: [{ code: 'ENOTFOUND' }] },
  'garbled-answer': { good: [{}], bad: [{ bytes: 'SSH' }] },
  hang: { good: [{}, { phase: 'headers' }, { phase: 'body' }], bad: [{ phase: 'connect' }, { fase: 'body' }] },
  'index-lag': { good: [{ lag: '2m' }], bad: [{}, { lag: 2 }, { by: '2m' }] },
  latency: {
    good: [{ delay: '2s' }, { delay: '2s', jitter: '500ms' }, { delay: { median: '300ms', p99: '4s' } }],
    bad: [{}, { delay: 2 }, { delay: '2' }, { delay: { median: '300ms' } }, { delay: '2s', jiter: '1s' }],
  },
  'method-rejection': {
    good: [{}, { servers: 8 }, { methods: ['GET', 'POST'], servers: 8, rejecting: 8 }],
    partial: [{ servers: 8, rejecting: 3 }],
    bad: [{ methods: [] }, { methods: ['post'] }, { servers: 0 }, { rejecting: 1.5 }],
    about: { method: 'POST' },
  },
  'network-cut': { good: [{}], bad: [{ for: '5s' }] },
  'other-apps': { good: [{ calls: '24000/min' }], bad: [{}, { calls: 24_000 }, { perMinute: 10 }] },
  'overlong-body': { good: [{}], bad: [{ by: 10 }] },
  'rate-headers': {
    good: ['missing', 'past', 'milliseconds', 'delta', 'negative', 'far-future', 'malformed', 'zero-remaining'].map(
      (form) => ({ form }),
    ),
    bad: [{}, { form: 'stale' }],
  },
  'rate-limit': {
    good: [{ app: '1000/min' }, { workspace: '25/s' }, { app: '10/s', workspace: '25/s' }],
    bad: [{ app: 1000 }, { perMinute: '10/s' }],
  },
  redirect: {
    good: [{}, { code: 308, host: 'api.eu.intercom.io' }, { code: 302, path: '/maintenance?x=1' }],
    bad: [{ code: 300 }, { code: '301' }, { host: 'https://api.intercom.io' }, { path: 'maintenance' }],
  },
  'replica-lag': { good: [{ lag: '2h12m' }], bad: [{}, { lag: 2 }, { behind: '2m' }] },
  'retry-after': {
    good: [
      ...['seconds', 'date', 'past-date', 'huge', 'malformed', 'zero', 'negative', 'missing'].map((form) => ({ form })),
      { form: 'date', wait: '2m' },
    ],
    bad: [{}, { form: 'soon' }, { form: 'seconds', wait: 30 }],
  },
  'scope-removed': {
    good: [{}, { reason: 'plan' }, { scope: 'write-people', reason: 'permission' }],
    bad: [{ scope: 'people' }, { reason: 'money' }],
    about: { method: 'POST' },
  },
  'slow-drip': { good: [{ over: '30s' }], bad: [{}, { over: 30 }, { ms: 30 }] },
  status: {
    good: [
      { code: 503 },
      { code: 504, body: 'html' },
      { code: 204, body: 'empty' },
      { code: 429, retryAfter: '30' },
      { code: 200, body: { text: 'not json', type: 'application/json' } },
    ],
    bad: [{}, { code: 100 }, { code: 503, body: 'htlm' }, { code: '503' }, { code: 429, retryAfter: 30 }],
  },
  'tls-failure': {
    good: ['expired', 'other-name', 'unknown-authority', 'cut'].map((reason) => ({ reason })),
    bad: [{}, { reason: 'revoked' }],
  },
  'token-revoked': {
    good: [{}, { reason: 'expired' }, { reason: 'wrong-environment', rotations: 2 }],
    bad: [{ reason: 'old' }, { rotations: 0 }],
  },
  'webhook-delay': { good: [{ by: '20m' }], bad: [{}, { by: 20 }, { after: '20m' }] },
  'webhook-drop': { good: [{}], bad: [{ share: '10%' }] },
  'webhook-duplicate': {
    good: [{}, { times: 3 }, { after: '3d' }],
    bad: [{ times: 0 }, { times: 1.5 }, { after: 5 }, { times: 100 }],
  },
  'webhook-forge': {
    good: [{}, ...['wrong', 'missing', 'of-another-body'].map((signature) => ({ signature }))],
    bad: [{ signature: 'none' }],
  },
  'webhook-reorder': { good: [{ by: '30s' }], bad: [{}, { by: 30 }] },
}
