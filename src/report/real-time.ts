// Why a run was moved to real sockets, and what it had there besides the API, in words.

import { formatDuration } from '#clock/instant.ts'
import { machineMs } from '#oracle/real-time.ts'
import type { JudgedRun } from './report-schema.ts'

/** `show` is how foreign text is shown here. */
export function movedInWords({ moved }: JudgedRun, show: (text: string) => string): string | null {
  if (moved === undefined) return null
  return moved === 'redis'
    ? 'the client has a Redis, which lives in real time'
    : `the client sends through ${show(moved)}, which virtual time does not serve`
}

/** What a reader of the figures must add in thought. */
export function machineInWords(): string {
  return `limits and margins of the client include ${formatDuration(machineMs)} for the machine`
}

/** Work in the background belongs to nobody; where most of it does, somebody has forgotten to say whose it is. */
export function untracedInWords({ untraced = 0, counts }: JudgedRun): readonly string[] {
  const all = counts['exchange.sent'] ?? 0
  if (untraced * 2 <= all) return []
  return [
    `${untraced} of ${all} requests carried no traceparent of an operation, so little could be judged of them (docs/drivers.md)`,
  ]
}

/** A connection now and then ends like that, and no harm done. Where there are more of them than requests, it is why nothing works. */
export function handshakesInWords({ handshakes, counts }: JudgedRun): readonly string[] {
  if (!handshakes) return []
  const { distrusted, 'not-tls': plain, left } = handshakes
  if (distrusted + plain + left <= (counts['exchange.sent'] ?? 0)) return []
  return [
    ...(distrusted + left > 0
      ? [
          `${distrusted + left} connections over HTTPS were given up before anything was asked${distrusted > 0 ? ', because the certificate was not trusted' : ''}: ` +
            'does the client trust the authority of the run, `world.ca`? (docs/real-time.md)',
        ]
      : []),
    ...(plain > 0
      ? [
          `on ${plain} connections something else than TLS was spoken; the addresses begin with https:// (docs/real-time.md)`,
        ]
      : []),
  ]
}

export function servicesInWords({ services }: JudgedRun, show: (text: string) => string): string | null {
  return services === undefined ? null : `the Redis of the client: ${show(services.redis)}`
}
