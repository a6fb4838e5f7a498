// For tests: the real `intercom-client` in front of a simulated Intercom, and what it throws.

import { IntercomClient, IntercomError } from 'intercom-client'
import { serviceFetch } from './asking.ts'
import type { Intercom } from './intercom.ts'

/** A client of the workspace `ours` that never retries. */
export function sdkClient(intercom: Intercom, now?: () => number): IntercomClient {
  const fetch = serviceFetch([intercom], now)
  const token = intercom.tokens['ours'] ?? ''
  return new IntercomClient({ token, environment: 'https://api.au.intercom.io', fetch, maxRetries: 0 })
}

/** The status and the errors that the work fails with. */
export async function refusal(work: Promise<unknown>): Promise<{ status: number | undefined; errors: unknown }> {
  const error: unknown = await work.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof IntercomError)) throw error
  const body = error.body as { errors?: unknown } | undefined
  return { status: error.statusCode, errors: body?.errors }
}
