// Every kind of fault there is. A new kind is one file, its test, and one line here.

import { attachmentLag } from './attachment-lag.ts'
import { cacheFlush } from './cache-flush.ts'
import { cachePause } from './cache-pause.ts'
import { cacheRestart } from './cache-restart.ts'
import { capacityLoss } from './capacity-loss.ts'
import { clientPause } from './client-pause.ts'
import { clientRestart } from './client-restart.ts'
import { clockSkew } from './clock-skew.ts'
import { clockStep } from './clock-step.ts'
import { commitThenFail } from './commit-then-fail.ts'
import { connectTimeout } from './connect-timeout.ts'
import { connectionRefused } from './connection-refused.ts'
import { connectionReset } from './connection-reset.ts'
import { corruptBody } from './corrupt-body.ts'
import { crashLoop } from './crash-loop.ts'
import { cursorExpired } from './cursor-expired.ts'
import { cursorRepeated } from './cursor-repeated.ts'
import { demand } from './demand.ts'
import { deviantBody } from './deviant-body.ts'
import { dnsFailure } from './dns-failure.ts'
import type { FaultKind } from './fault.ts'
import { garbledAnswer } from './garbled-answer.ts'
import { hang } from './hang.ts'
import { indexLag } from './index-lag.ts'
import { latency } from './latency.ts'
import { methodRejection } from './method-rejection.ts'
import { networkCut } from './network-cut.ts'
import { otherApps } from './other-apps.ts'
import { overlongBody } from './overlong-body.ts'
import { rateHeaders } from './rate-headers.ts'
import { rateLimit } from './rate-limit.ts'
import { redirect } from './redirect.ts'
import { replicaLag } from './replica-lag.ts'
import { retryAfter } from './retry-after.ts'
import { scopeRemoved } from './scope-removed.ts'
import { slowDrip } from './slow-drip.ts'
import { status } from './status.ts'
import { tlsFailure } from './tls-failure.ts'
import { tokenRevoked } from './token-revoked.ts'
import { webhookDelay } from './webhook-delay.ts'
import { webhookDrop } from './webhook-drop.ts'
import { webhookDuplicate } from './webhook-duplicate.ts'
import { webhookForge } from './webhook-forge.ts'
import { webhookReorder } from './webhook-reorder.ts'

const kinds: readonly FaultKind[] = [
  attachmentLag,
  cacheFlush,
  cachePause,
  cacheRestart,
  capacityLoss,
  clientPause,
  clientRestart,
  clockSkew,
  clockStep,
  commitThenFail,
  connectTimeout,
  connectionRefused,
  connectionReset,
  corruptBody,
  crashLoop,
  cursorExpired,
  cursorRepeated,
  demand,
  deviantBody,
  dnsFailure,
  garbledAnswer,
  hang,
  indexLag,
  latency,
  methodRejection,
  networkCut,
  otherApps,
  overlongBody,
  rateHeaders,
  rateLimit,
  redirect,
  replicaLag,
  retryAfter,
  scopeRemoved,
  slowDrip,
  status,
  tlsFailure,
  tokenRevoked,
  webhookDelay,
  webhookDrop,
  webhookDuplicate,
  webhookForge,
  webhookReorder,
]

export const faultKinds: ReadonlyMap<string, FaultKind> = new Map(kinds.map((kind) => [kind.kind, kind]))

export const kindNames: readonly string[] = kinds.map((kind) => kind.kind)
