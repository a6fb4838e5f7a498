// `run`: every scenario once, a report directory, a screen, an exit code. Reports of one scenario lie in the directory itself;
// those of several in a folder for each, and above them the reports about all.

import { join, resolve } from 'node:path'
import { prepareClient } from '#client/driver/prepare.ts'
import { isDriver, type ClientLocation } from '#client/resolve-client.ts'
import { UserError } from '#context/user-error.ts'
import { wallMs } from '#engine/real-time.ts'
import type { Older } from '#report/older.ts'
import { prepareReportDirectory, writeReport } from '#report/write.ts'
import { checkComparable, readAgainst, type Against } from './against.ts'
import { clearTheWay } from './artefacts.ts'
import { conclude, type Conclusion } from './conclude.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { RunFlags } from './flags.ts'
import { readPart } from './part.ts'
import { isOwnRepository } from './reproduce.ts'
import {
  checkFilled,
  checkHosts,
  checkSeed,
  checkSeeds,
  checkTimeScale,
  chooseClient,
  chooseScenarios,
  seedsFrom,
  typedClient,
} from './select.ts'
import { foldersOfPart, runAll, type Plan } from './run-all.ts'
import { shardFile, shardText, type Whole } from './shard-file.ts'
import { complain } from './terminal.ts'
import { readWaivers } from './waivers.ts'

export async function runCommand(wanted: readonly string[], flags: RunFlags): Promise<ExitCode> {
  const cwd = process.cwd()
  checkSeed(flags.seed)
  const seeds = seedsFrom(flags.seed, checkSeeds(flags.seeds))
  checkHosts(flags.dropHost)
  checkFilled('--report-dir', flags.reportDir)
  const part = flags.shard === undefined ? undefined : readPart(flags.shard)
  if (part && flags.against !== undefined)
    throw new UserError('A part is not compared with a baseline; the whole is.', { hint: 'Give --against to merge.' })
  const scenarios = chooseScenarios(wanted, cwd)
  const chosen = chooseClient(flags.client, cwd, isOwnRepository(cwd))
  const loopback = loopbackOf(flags, chosen)
  const names = scenarios.map(({ name }) => name)
  const waivers = readWaivers(flags.waivers, cwd, names)
  const against = againstOf(flags, cwd, names, chosen.name)
  const directory = resolve(cwd, flags.reportDir)
  await prepareReportDirectory(directory, flags.reportDir)
  const client = await prepareClient(chosen)
  const plan = { cwd, flags, scenarios, client, directory, waivers, seeds, against }
  return execute({ ...plan, ...(loopback && { loopback }), ...(part && { part }) })
}

/** A program runs in real time, whatever else is wanted. */
function loopbackOf({ transport, timeScale, https }: RunFlags, client: ClientLocation): Plan['loopback'] {
  const scale = checkTimeScale(timeScale)
  if (transport === 'loopback' || (transport === undefined && isDriver(client))) return { scale, https }
  if (https)
    throw new UserError('--https is for real sockets: in virtual time every address begins with https.', {
      hint: 'Add --transport loopback.',
    })
  if (scale === 'auto') return undefined
  throw new UserError('--time-scale is for real time only.', { hint: 'Add --transport loopback.' })
}

/** The worst of several seeds may be another one each time, which is no worse. */
function againstOf(flags: RunFlags, cwd: string, names: readonly string[], client: string): Against | null {
  const against = readAgainst(flags, cwd)
  if (!against) return null
  if (flags.seeds !== '1')
    throw new UserError('A baseline is of one seed, so --against and --seeds do not go together.', {
      hint: 'Leave out --seeds.',
    })
  const { seed, profile } = flags
  checkComparable(
    against,
    names.map((scenario) => ({ scenario, client, seed, profile })),
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

function wholeOf({ cwd, flags, client, loopback, scenarios, seeds }: Plan): Whole {
  const { seed, profile, dropHost: dropHosts, postmortem } = flags
  const asked = { client: typedClient(client, cwd), seed, profile, dropHosts, ...(loopback && { loopback }) }
  return { asked, seeds, postmortem, scenarios }
}
