// All oracles, in the order in which reports list them. To add one: write its file and its test, and add a line here.

import { alwaysHolds } from './always-holds.ts'
import { amplification } from './amplification.ts'
import { answersNotificationsPromptly } from './answers-notifications-promptly.ts'
import { asksOnceAtATime } from './asks-once-at-a-time.ts'
import { backsOff } from './backs-off.ts'
import { boundedAttempts } from './bounded-attempts.ts'
import { boundedConcurrency } from './bounded-concurrency.ts'
import { boundedInFlight } from './bounded-in-flight.ts'
import { boundedQueue } from './bounded-queue.ts'
import { breakerIgnoresRefusals } from './breaker-ignores-refusals.ts'
import { breakerProbesAreFew } from './breaker-probes-are-few.ts'
import { breakerRecloses } from './breaker-recloses.ts'
import { breakerTrips } from './breaker-trips.ts'
import { cancelsPromptly } from './cancels-promptly.ts'
import { catchesUp } from './catches-up.ts'
import { degradedAsPromised } from './degraded-as-promised.ts'
import { errorsAreNotCached } from './errors-are-not-cached.ts'
import { errorsTellTheCause } from './errors-tell-the-cause.ts'
import { forgedWebhooksRefused } from './forged-webhooks-refused.ts'
import { growsItsPauses } from './grows-its-pauses.ts'
import { heedsRetryAfter } from './heeds-retry-after.ts'
import { healthNamesTheProblem } from './health-names-the-problem.ts'
import { honestDegradation } from './honest-degradation.ts'
import { isolatesFailures } from './isolates-failures.ts'
import { keepsRequestId } from './keeps-request-id.ts'
import { keepsIdempotencyKey } from './keeps-idempotency-key.ts'
import { keepsServing } from './keeps-serving.ts'
import { keepsTurns } from './keeps-turns.ts'
import { keepsWriteOrder } from './keeps-write-order.ts'
import { leavesTheFallback } from './leaves-the-fallback.ts'
import { loadReturnsToNormal } from './load-returns-to-normal.ts'
import { neverGoesBack } from './never-goes-back.ts'
import { noDuplicateEffect } from './no-duplicate-effect.ts'
import { noLeaks } from './no-leaks.ts'
import { noLostWrite } from './no-lost-write.ts'
import { olderWriteNeverWins } from './older-write-never-wins.ts'
import { openBreakerRests } from './open-breaker-rests.ts'
import type { Oracle } from './oracle.ts'
import { permanentNotRetried } from './permanent-not-retried.ts'
import { recoversWithoutABurst } from './recovers-without-a-burst.ts'
import { promisesAreWorthSomething } from './promises-are-worth-something.ts'
import { recovers } from './recovers.ts'
import { restartsGently } from './restarts-gently.ts'
import { retriesTheWholeRequest } from './retries-the-whole-request.ts'
import { retryBudget } from './retry-budget.ts'
import { sendsNothingAfterSettling } from './sends-nothing-after-settling.ts'
import { sendsWhileUseful } from './sends-while-useful.ts'
import { settlesWithinPromise } from './settles-within-promise.ts'
import { sometimesHappens } from './sometimes-happens.ts'
import { spreadsRetries } from './spreads-retries.ts'
import { staysAlive } from './stays-alive.ts'
import { staysWithinRateLimit } from './stays-within-rate-limit.ts'
import { stormConverges } from './storm-converges.ts'
import { transientIsRetried } from './transient-is-retried.ts'
import { unaffected } from './unaffected.ts'
import { waitsLongEnough } from './waits-long-enough.ts'
import { webhooksActedOnce } from './webhooks-acted-once.ts'
import { writesWhatWasAsked } from './writes-what-was-asked.ts'

const all: readonly Oracle[] = [
  staysAlive,
  settlesWithinPromise,
  promisesAreWorthSomething,
  degradedAsPromised,
  honestDegradation,
  errorsTellTheCause,
  keepsRequestId,
  waitsLongEnough,
  boundedAttempts,
  backsOff,
  growsItsPauses,
  spreadsRetries,
  heedsRetryAfter,
  retryBudget,
  keepsIdempotencyKey,
  retriesTheWholeRequest,
  transientIsRetried,
  permanentNotRetried,
  amplification,
  breakerTrips,
  openBreakerRests,
  breakerProbesAreFew,
  breakerIgnoresRefusals,
  breakerRecloses,
  boundedConcurrency,
  boundedInFlight,
  boundedQueue,
  keepsTurns,
  staysWithinRateLimit,
  stormConverges,
  noDuplicateEffect,
  noLostWrite,
  writesWhatWasAsked,
  keepsWriteOrder,
  olderWriteNeverWins,
  sendsWhileUseful,
  neverGoesBack,
  errorsAreNotCached,
  asksOnceAtATime,
  webhooksActedOnce,
  answersNotificationsPromptly,
  forgedWebhooksRefused,
  cancelsPromptly,
  sendsNothingAfterSettling,
  unaffected,
  isolatesFailures,
  keepsServing,
  recovers,
  restartsGently,
  recoversWithoutABurst,
  loadReturnsToNormal,
  leavesTheFallback,
  catchesUp,
  healthNamesTheProblem,
  alwaysHolds,
  sometimesHappens,
  noLeaks,
]

export const oracles: ReadonlyMap<string, Oracle> = new Map(all.map((oracle) => [oracle.name, oracle]))
