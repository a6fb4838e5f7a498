// `run`: every scenario once, a report directory, a screen, an exit code. Reports of one scenario lie in the directory itself;
// those of several in a folder for each, and above them the reports about all.

import { join, resolve } from 'node:path'
import { UserError } from '#context/user-error.ts'
import { wallMs } from '#engine/real-time.ts'
import type { Older } from '#report/older.ts'
import { prepareReportDirectory, writeReport } from '#report/write.ts'
import { knownScenarios } from '#scenario/files.ts'
import { checkComparable, readAgainst, type Against } from './against.ts'
import { clearTheWay } from './artefacts.ts'
import { castFor, prepared, rowsFor } from './cast.ts'
import { unconfigured, type Configured } from './config/configured.ts'
import type { Conclusion } from './conclude.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { RunFlags } from './flags.ts'
import { readPart } from './part.ts'
import {
  checkFilled,
  checkHosts,
  checkSeed,
  checkSeeds,
  chooseScenarios,
  seedsFrom,
  typedClient,
  type Chosen,
} from './select.ts'
import { foldersOfPart, runAll, type Plan } from './run-all.ts'
import { shardFile, shardText, type Whole } from './shard-file.ts'
import { complain } from './terminal.ts'
import { readWaivers } from '#config/waivers.ts'

export async function runCommand(
  typed: readonly string[],
  flags: RunFlags,
  configured: Configured = unconfigured,
): Promise<ExitCode> {
  const cwd = process.cwd()
  checkSeed(flags.seed)
  const count = checkSeeds(flags.seeds)
  checkHosts(flags.dropHost)
  checkFilled('--report-dir', flags.reportDir)
  const part = flags.shard === undefined ? undefined : readPart(flags.shard)
  if (part && typeof flags.against === 'string')
    throw new UserError('A part is not compared with a baseline; the whole is.', { hint: 'Give --against to merge.' })
  const scenarios = rowsFor(choose(typed, configured, cwd), configured, cwd)
  const castOf = castFor(scenarios, flags, count, cwd)
  const names = scenarios.map(({ name }) => name)
  const waivers = readWaivers(flags.waivers, cwd, names)
  const against = againstOf(flags, cwd, scenarios, castOf)
  const directory = resolve(cwd, flags.reportDir)
  await prepareReportDirectory(directory, flags.reportDir)
  const isReal = scenarios.some((chosen) => castOf(chosen).loopback !== undefined)
  const cast = { castOf: await prepared(scenarios, castOf), isReal, isConfigured: configured.decides }
  return execute({ cwd, flags, scenarios, ...cast, directory, waivers, against, ...(part && { part }) })
}

/** What is typed, or else what the config has as its gate. */
function choose(typed: readonly string[], configured: Configured, cwd: string): readonly Chosen[] {
  const isGate = typed.length === 0 && configured.gate.length > 0
  const chosen = isGate ? configured.atGate((gate) => chooseScenarios(gate, cwd)) : chooseScenarios(typed, cwd)
  configured.check(() => [...knownScenarios(cwd), ...chosen].map(({ name }) => name))
  return chosen
}

/** The worst of several seeds may be another one each time, which is no worse. */
function againstOf(flags: RunFlags, cwd: string, scenarios: readonly Chosen[], castOf: Plan['castOf']): Against | null {
  const against = readAgainst(flags, cwd)
  if (!against) return null
  if (flags.seeds !== '1')
    throw new UserError('A baseline is of one seed, so --against and --seeds do not go together.', {
      hint: 'Leave out --seeds.',
    })
  checkComparable(
    against,
    scenarios.map((chosen) => {
      const { client, seeds, profile } = castOf(chosen)
      return { scenario: chosen.name, client: client.name, seed: seeds[0] ?? flags.seed, profile }
    }),
  )
  return against
}

async function execute(plan: Plan): Promise<ExitCode> {
  const { cwd, directory, flags, waivers, against, part } = plan
  const startedAt = wallMs()
  const whole = wholeOf(plan)
  const older = await clearTheWay(cwd, directory, foldersOfPart(plan))
  try {
    const ended = await runAll(plan)
    const isWhole = ended.every(({ result }) => result.kind !== 'interrupted')
    const also = part &&
      isWhole && { file: join(directory, shardFile), text: shardText({ part, whole }, ended, { cwd, directory }) }
    const took = wallMs() - startedAt
    const about = { cwd, flags, asked: whole.asked, directory, waivers, against, wallMs: took, ...(also && { also }) }
    if (also && ended.length === 0) return await leaveEmpty(also, older)
    const { conclude } = await import('./conclude.ts')
    const code = await conclude(about, ended, older)
    // What is passed over in the whole is no mistake in a part.
    return part && ended.every(({ result }) => result.kind === 'not-applicable') ? exitCodes.pass : code
  } catch (error) {
    await older.restore()
    throw error
  }
}

/** There are more parts than scenarios. */
async function leaveEmpty({ file, text }: NonNullable<Conclusion['also']>, older: Older): Promise<ExitCode> {
  await writeReport(file, text)
  await older.discard()
  complain('There is nothing to play in this part: there are fewer scenarios than parts.')
  return exitCodes.pass
}

function wholeOf({ cwd, flags, castOf, isConfigured, scenarios }: Plan): Whole {
  const { seed, profile, dropHost: dropHosts, postmortem } = flags
  const [first] = scenarios
  if (!first) throw new Error('There is nothing to play.')
  const { client, loopback } = castOf(first)
  const asked = {
    client: typedClient(client, cwd),
    seed,
    profile,
    dropHosts,
    ...(loopback && { loopback }),
    ...(isConfigured && { isConfigured }),
  }
  return { asked, seeds: seedsFrom(seed, checkSeeds(flags.seeds)), postmortem, scenarios }
}
