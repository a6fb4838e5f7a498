// All oracles, in the order in which reports list them. To add one: write its file and its test, and add a line here.

import { amplification } from './amplification.ts'
import { backsOff } from './backs-off.ts'
import { boundedAttempts } from './bounded-attempts.ts'
import { cancelsPromptly } from './cancels-promptly.ts'
import { catchesUp } from './catches-up.ts'
import { degradedAsPromised } from './degraded-as-promised.ts'
import { forgedWebhooksRefused } from './forged-webhooks-refused.ts'
import { healthNamesTheProblem } from './health-names-the-problem.ts'
import { honestDegradation } from './honest-degradation.ts'
import { keepsServing } from './keeps-serving.ts'
import { noDuplicateEffect } from './no-duplicate-effect.ts'
import { noLeaks } from './no-leaks.ts'
import { noLostWrite } from './no-lost-write.ts'
import type { Oracle } from './oracle.ts'
import { permanentNotRetried } from './permanent-not-retried.ts'
import { recovers } from './recovers.ts'
import { sendsNothingAfterSettling } from './sends-nothing-after-settling.ts'
import { settlesWithinPromise } from './settles-within-promise.ts'
import { staysAlive } from './stays-alive.ts'
import { transientIsRetried } from './transient-is-retried.ts'
import { unaffected } from './unaffected.ts'
import { webhooksActedOnce } from './webhooks-acted-once.ts'

const all: readonly Oracle[] = [
  staysAlive,
  settlesWithinPromise,
  degradedAsPromised,
  honestDegradation,
  boundedAttempts,
  backsOff,
  transientIsRetried,
  permanentNotRetried,
  amplification,
  noDuplicateEffect,
  noLostWrite,
  webhooksActedOnce,
  forgedWebhooksRefused,
  cancelsPromptly,
  sendsNothingAfterSettling,
  unaffected,
  keepsServing,
  recovers,
  catchesUp,
  healthNamesTheProblem,
  noLeaks,
]

export const oracles: ReadonlyMap<string, Oracle> = new Map(all.map((oracle) => [oracle.name, oracle]))
