// Durations as trouble has them: as likely between 1 s and 10 s as between 1 min and 10 min, and now and then exactly where
// something changes for the client, or a millisecond beside it.

import * as fc from 'fast-check'

/** Whole ms in [low, high]. `moments`: durations that matter; those in range are hit in three of ten draws. */
export function durationAround(low: number, high: number, moments: readonly number[]): fc.Arbitrary<number> {
  const spread = fc
    .integer({ min: 0, max: 1_000 })
    .map((part) => Math.min(high, Math.max(low, rounded(low * (high / low) ** (part / 1_000)))))
  const near = moments.filter((ms) => ms > low && ms < high)
  if (near.length === 0) return spread
  const snapped = fc.tuple(fc.constantFrom(...near), fc.constantFrom(0, 1, -1)).map(([ms, beside]) => ms + beside)
  return fc.oneof({ weight: 7, arbitrary: spread }, { weight: 3, arbitrary: snapped })
}

/** Two digits are enough for what nobody measured; a person will read it. */
function rounded(ms: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(ms)) - 1)
  return Math.round(ms / unit) * unit
}
