// Why a run was moved to real sockets, and what it had there besides the API, in words.

import type { JudgedRun } from './report-schema.ts'

/** `show` is how foreign text is shown here. */
export function movedInWords({ moved }: JudgedRun, show: (text: string) => string): string | null {
  if (moved === undefined) return null
  return moved === 'redis'
    ? 'the client has a Redis, which lives in real time'
    : `the client sends through ${show(moved)}, which virtual time does not serve`
}

export function servicesInWords({ services }: JudgedRun, show: (text: string) => string): string | null {
  return services === undefined ? null : `the Redis of the client: ${show(services.redis)}`
}
