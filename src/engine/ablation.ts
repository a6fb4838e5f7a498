// Which fault does a failure need? The incident is replayed once more without each, with the same seed and load. In virtual time
// that is cheap, and it is the difference between "something broke" and "this broke it".

import { limits } from '#context/limits.ts'
import { judge } from '#oracle/panel.ts'
import { closeText } from '#history/text.ts'
import { withBaseline } from './aftermath.ts'
import type { Job } from './job.ts'
import { playRun, type About } from './played.ts'
import type { Ablation, Judged } from './run-result.ts'

/** Empty when the run did not fail, or failed without any fault. */
export async function ablate(
  about: About,
  job: Omit<Job, 'faults'>,
  end: Omit<Judged, 'kind'>,
  faults: readonly string[],
): Promise<readonly Ablation[]> {
  const { outcome, withoutFaults, verdicts, untouched } = end
  const failed = verdicts.filter(({ verdict }) => verdict === 'fail').map(({ oracle }) => oracle)
  if (outcome !== 'fail' || withoutFaults) return []
  const [only] = faults
  // Without its only fault the incident is its twin, which has just been found healthy.
  if (faults.length === 1 && only !== undefined) return [{ fault: only, stillFail: [] }]
  // Without a fault that never met the client everything would be the same.
  const met = faults.filter((fault) => !untouched.includes(fault))
  const ablations = met.slice(0, limits.ablations).map((fault) => leaveOut(about, job, end, fault, failed))
  return (await Promise.all(ablations)).filter((ablation) => ablation !== null)
}

async function leaveOut(
  about: About,
  job: Omit<Job, 'faults'>,
  { header }: Pick<Judged, 'header'>,
  fault: string,
  failed: readonly string[],
): Promise<Ablation | null> {
  const played = await playRun(about, { ...job, faults: true, without: [fault] }, about.options.signal, false)
  if (!('history' in played) || header.baseline === null) return null
  const again = judge(withBaseline(played, header.baseline).history)
  closeText(played.text)
  const failing = new Set(again.filter(({ verdict }) => verdict === 'fail').map(({ oracle }) => oracle))
  return { fault, stillFail: [...new Set(failed)].filter((oracle) => failing.has(oracle)) }
}
