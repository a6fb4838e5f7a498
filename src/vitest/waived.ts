// What a test makes of waivers. It sees one run, so it cannot say that a waiver is needless: that is for `run` and `merge` to say.

import { today } from '#engine/real-time.ts'
import type { RunResult } from '#engine/run-result.ts'
import { waive } from '#engine/waive.ts'
import type { Waiver } from '#scenario/waivers.ts'

/** `expired`: which waivers would have covered what fails, in sentences. */
export function waivedBy(
  waivers: readonly Waiver[],
  played: RunResult,
): { readonly result: RunResult; readonly expired: readonly string[] } {
  const day = today()
  const { results } = waive([played], waivers, day)
  const result = results[0] ?? played
  const failed = (oracle: string): boolean =>
    result.kind === 'judged' &&
    result.verdicts.some((one) => one.oracle === oracle && one.verdict === 'fail' && !one.waived)
  const late = waivers.filter(({ oracle, until }) => until < day && failed(oracle))
  return { result, expired: waive([played], late, day).complaints }
}
