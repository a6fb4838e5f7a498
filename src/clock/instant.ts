// Durations and instants as people write them, and back. All numbers are milliseconds; instants are since the epoch, UTC.

const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const durationText = /^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/u
const durationPart = /(\d+(?:\.\d+)?)(ms|[smhd])/gu

/** `250ms`, `20s`, `1h30m` to milliseconds; `undefined` when the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  if (!durationText.test(text)) return undefined
  let total = 0
  for (const [, amount, unit] of text.matchAll(durationPart))
    total += Number(amount) * (unitMs[unit ?? ''] ?? Number.NaN)
  return Number.isFinite(total) ? total : undefined
}

/** Milliseconds as the two largest units that matter: `340ms`, `2.5s`, `1m40s`, `2h45m`, `2d3h`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`
  if (ms < 1_000) return `${round(ms, 1)}ms`
  if (ms < 60_000) return `${round(ms / 1_000, 2)}s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 3_600) return join(Math.floor(seconds / 60), 'm', seconds % 60, 's')
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1_440) return join(Math.floor(minutes / 60), 'h', minutes % 60, 'm')
  const hours = Math.round(ms / 3_600_000)
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

/** Whole milliseconds as a duration that reads back as exactly the same: `1h2m`, `4.5s`, `250ms`. */
export function exactDuration(ms: number): string {
  if (ms < 1_000) return `${ms}ms`
  const parts = (['d', 'h', 'm'] as const).map((unit) => {
    const of = unit === 'd' ? ms : ms % (unit === 'h' ? 86_400_000 : 3_600_000)
    const count = Math.floor(of / (unitMs[unit] ?? 1))
    return count === 0 ? '' : `${count}${unit}`
  })
  const seconds = (ms % 60_000) / 1_000
  return `${parts.join('')}${seconds === 0 ? '' : `${seconds}s`}`
}

/** What was measured: three digits are enough for a reader. `46.7ms`, `22.6s`, `1m40s`. */
export function formatMeasured(ms: number): string {
  return formatDuration(Math.abs(ms) < 60_000 ? Number(ms.toPrecision(3)) : ms)
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`
}

function round(value: number, digits: number): number {
  const factor = 10 ** digits
  return Math.round(value * factor) / factor
}

/** `2026-04-27 11:14Z`, with `T`, seconds and milliseconds allowed; `undefined` when it is no such instant. */
export function parseInstant(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2}(?:\.\d{3})?)?Z$/u.exec(text)
  if (!match) return undefined
  const iso = `${match[1]}T${match[2]}${match[3] ?? ':00'}Z`
  const epochMs = Date.parse(iso)
  const valid = Number.isFinite(epochMs) && new Date(epochMs).toISOString().startsWith(`${match[1]}T${match[2]}`)
  return valid ? epochMs : undefined
}

/** `2026-04-27T11:14:00.000Z`. */
export function formatInstant(epochMs: number): string {
  return new Date(epochMs).toISOString()
}

/** As HTTP writes it: `Mon, 27 Apr 2026 11:14:00 GMT`. */
export function formatHttpDate(epochMs: number): string {
  return new Date(epochMs).toUTCString()
}

/** Milliseconds since the epoch of such a date; `undefined` when it is none. */
export function parseHttpDate(text: string): number | undefined {
  const epochMs = /^[A-Z][a-z]{2}, \d/u.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(epochMs) ? undefined : epochMs
}

/** The time of day only: `11:46:20Z`, which is how incidents are told. */
export function formatTime(epochMs: number): string {
  return `${formatInstant(epochMs).slice(11, 19)}Z`
}
