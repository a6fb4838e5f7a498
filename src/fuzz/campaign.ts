// A campaign: case after case against one client, a generation at a time, until the runs or the time are used up. For each oracle
// that fails, the first case is confirmed, kept, made smaller and kept again, so that whatever happens nothing found is lost.

import { limits } from '#context/limits.ts'
import type { End } from '#engine/played.ts'
import type { Case } from './case.ts'
import { confirm, failureOf } from './confirm.ts'
import { captionOf, nameOf, type Quest } from './counterexample.ts'
import { Coverage } from './coverage.ts'
import type { Finding, Flake } from './finding.ts'
import type { Guide } from './guide.ts'
import type { CasePath } from './path.ts'
import type { Failure, Outcome, Player } from './player.ts'
import { shrink } from './shrink-search.ts'

export type CampaignOptions = {
  readonly player: Player
  readonly guide: Guide
  readonly quest: Quest
  caseAt(path: CasePath): Case
  readonly runs: number
  /** Asked before each generation, and while a case is made smaller: false when the time is up or somebody stopped it. */
  goOn(doing: 'looking' | 'shrinking'): boolean
  readonly shrinks: boolean
  /** Writes a counterexample, whole or not at all, and says what it is called. */
  keep(name: string, text: string): Promise<string>
  /** Asked whenever a case was made smaller: whether enough time has passed to keep it as it is, for whoever stops the campaign. */
  keepsMeanwhile?(): boolean
  onProgress?(progress: CampaignProgress): void
}

export type CampaignProgress = {
  readonly runs: number
  readonly failures: ReadonlyMap<string, number>
  readonly meetings: number
  /** The oracle whose counterexample is being made smaller. */
  readonly shrinking: string | undefined
  readonly trials: number
}

export type CampaignResult = {
  readonly runs: number
  /** Cases that were no scenario, and cases whose load this client does not survive without any fault. */
  readonly invalid: number
  readonly unhealthy: number
  /** Failures that only a warm cell showed. */
  readonly retracted: number
  readonly findings: readonly Finding[]
  readonly flakes: readonly Flake[]
  readonly coverage: ReturnType<Coverage['table']>
  readonly meetings: number
  /** Trials of making smaller. */
  readonly trials: number
  /** What ended it before its time. */
  readonly end: End | undefined
}

export function campaign(options: CampaignOptions): Promise<CampaignResult> {
  return new Campaign(options).run()
}

type Small = Pick<Finding, 'path' | 'original' | 'found' | 'shrinkTrials'> & { readonly smallest?: boolean }
type Failed = { readonly path: CasePath; readonly failure: Failure }

class Campaign {
  readonly #options: CampaignOptions
  readonly #coverage = new Coverage()
  readonly #failures = new Map<string, number>()
  readonly #findings = new Map<string, Finding>()
  readonly #flakes: Flake[] = []
  #counts = { runs: 0, invalid: 0, unhealthy: 0, retracted: 0, trials: 0 }
  #end: End | undefined

  constructor(options: CampaignOptions) {
    this.#options = options
  }

  async run(): Promise<CampaignResult> {
    const { guide, runs, goOn } = this.#options
    while (this.#counts.runs < runs && goOn('looking') && !this.#end) {
      const paths = guide.next(Math.min(limits.generation, runs - this.#counts.runs))
      if (paths.length === 0) break
      const failed = await this.#generation(paths)
      for (const one of failed) if (!this.#end) await this.#look(one)
    }
    return {
      ...this.#counts,
      findings: [...this.#findings.values()].map((finding) => ({
        ...finding,
        cases: this.#failures.get(finding.oracle) ?? finding.cases,
      })),
      flakes: this.#flakes,
      coverage: this.#coverage.table(),
      meetings: this.#coverage.size,
      end: this.#end,
    }
  }

  /** Plays the cases, and returns the first failure of each oracle that had not failed yet. */
  async #generation(paths: readonly CasePath[]): Promise<readonly Failed[]> {
    const { player, guide, caseAt } = this.#options
    const outcomes = await Promise.all(paths.map((path) => player.play(caseAt(path))))
    const failed = new Map<string, Failed>()
    outcomes.forEach((outcome, index) => {
      const path = paths[index] as CasePath
      this.#count(outcome)
      if (outcome.kind !== 'tried') return
      guide.learn(path, outcome, this.#coverage.add(outcome.meetings) > 0)
      for (const failure of outcome.failed) {
        const { oracle } = failure
        this.#failures.set(oracle, (this.#failures.get(oracle) ?? 0) + 1)
        if (!this.#findings.has(oracle) && !failed.has(oracle)) failed.set(oracle, { path, failure })
      }
    })
    this.#tell(undefined)
    return [...failed.values()]
  }

  #count(outcome: Outcome): void {
    if (outcome.kind === 'stopped') {
      this.#end ??= outcome.end
      return
    }
    this.#counts.runs += 1
    if (outcome.kind === 'invalid') this.#counts.invalid += 1
    if (outcome.kind === 'unhealthy') this.#counts.unhealthy += 1
  }

  async #look({ path, failure: { oracle } }: Failed): Promise<void> {
    const { player, caseAt } = this.#options
    if (this.#findings.has(oracle)) return
    const original = caseAt(path)
    const confirmed = await confirm(original, oracle, path, player)
    if (confirmed.kind === 'stopped') return this.#stop(confirmed.outcome)
    if (confirmed.kind === 'retracted') {
      this.#counts.retracted += 1
      return
    }
    if (confirmed.kind === 'flaky') {
      this.#flakes.push(confirmed.flake)
      return
    }
    const first = { oracle, path, original, found: original, failure: confirmed.failure }
    await this.#keep({ ...first, shrinkTrials: 0, smallest: false })
    if (this.#options.shrinks) await this.#shrink(original, oracle, path)
  }

  async #shrink(original: Case, oracle: string, path: CasePath): Promise<void> {
    const { player, goOn, keepsMeanwhile } = this.#options
    const fails = async (found: Case): Promise<boolean> => {
      const outcome = await player.play(found)
      return outcome.kind === 'tried' && failureOf(outcome, oracle) !== undefined
    }
    this.#tell(oracle)
    const onSmaller = async (smaller: Case, trials: number): Promise<void> => {
      this.#tell(oracle, trials)
      if (keepsMeanwhile?.())
        await this.#keepConfirmed({ path, original, found: smaller, shrinkTrials: trials }, oracle)
    }
    const { found, trials, complete } = await shrink(original, { fails, goOn: () => goOn('shrinking'), onSmaller })
    this.#counts.trials += trials
    const small = { path, original, found, shrinkTrials: trials, smallest: complete }
    const outcome = await this.#keepConfirmed(small, oracle)
    if (!outcome) return
    // One small case is enough for all that fails in it.
    for (const failure of outcome.failed)
      if (!this.#findings.has(failure.oracle) && this.#failures.has(failure.oracle))
        await this.#keep({ ...small, oracle: failure.oracle, failure })
  }

  /** What a warm cell made too small stays as it was kept before. */
  async #keepConfirmed(small: Small, oracle: string): Promise<Extract<Outcome, { kind: 'tried' }> | undefined> {
    const confirmed = await confirm(small.found, oracle, small.path, this.#options.player)
    if (confirmed.kind !== 'confirmed') return undefined
    await this.#keep({ smallest: false, ...small, oracle, failure: confirmed.failure })
    return confirmed.outcome
  }

  #stop(outcome: Outcome): void {
    if (outcome.kind === 'stopped') this.#end ??= outcome.end
  }

  async #keep(finding: Omit<Finding, 'file' | 'text' | 'cases' | 'afterRuns'>): Promise<void> {
    const { player, quest, keep } = this.#options
    const { found, failure, path, oracle } = finding
    const text = player.textOf(found, captionOf(found, failure, path, quest))
    const file = await keep(nameOf(oracle, path, quest), text)
    const afterRuns = this.#findings.get(oracle)?.afterRuns ?? this.#counts.runs
    this.#findings.set(oracle, { ...finding, file, text, afterRuns, cases: this.#failures.get(oracle) ?? 1 })
  }

  /** `more`: trials of the search that goes on. */
  #tell(shrinking: string | undefined, more = 0): void {
    const { runs, trials } = this.#counts
    this.#options.onProgress?.({
      runs,
      failures: this.#failures,
      meetings: this.#coverage.size,
      shrinking,
      trials: trials + more,
    })
  }
}
