// `merge`: the parts of a command that several machines have played become what one of them would have written. Nothing is run.

import { copyFile, mkdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { UserError } from '#context/user-error.ts'
import { historyFile } from '#report/files.ts'
import { prepareReportDirectory } from '#report/write.ts'
import { checkComparable, readAgainst } from './against.ts'
import { campaignFile } from '#report/campaign.ts'
import { clearTheWay } from './artefacts.ts'
import { conclude } from './conclude.ts'
import type { ExitCode } from './exit-code.ts'
import type { MergeFlags } from './flags.ts'
import { foldersOf, type Ended } from './run-all.ts'
import { mergeCampaign, readCampaignPart, type CampaignPart } from './merge-campaign.ts'
import { checkFilled } from './select.ts'
import { readShard, shardFile, type Shard, type Whole } from './shard-file.ts'
import { checkApart, checkParts } from './part.ts'
import { readWaivers } from '#config/waivers.ts'

type Found = { readonly directory: string; readonly shown: string; readonly shard: Shard }

export async function mergeCommand(wanted: readonly string[], flags: MergeFlags): Promise<ExitCode> {
  const cwd = process.cwd()
  const directory = resolve(cwd, checkFilled('--report-dir', flags.reportDir))
  const directories = wanted.map((shown) => resolve(cwd, shown))
  checkApart(directories, directory)
  if (directories.some(isCampaign)) return mergeCampaign(campaignParts(wanted, cwd), flags, cwd)
  const parts = wanted.map((shown) => {
    const found = resolve(cwd, shown)
    return { directory: found, shown, shard: readShard(found, shown, cwd) }
  })
  checkParts(
    parts.map(({ shown, shard }) => ({ shown, part: shard.part, whole: JSON.stringify(shard.whole) })),
    'command',
    'scenarios, client, seed and number of parts',
  )
  const { whole } = (parts[0] as Found).shard
  const { asked, scenarios, postmortem } = whole
  const names = scenarios.map(({ name }) => name)
  const waivers = readWaivers(flags.waivers, cwd, names)
  const against = readAgainst(flags, cwd)
  if (against)
    checkComparable(
      against,
      names.map((scenario) => ({ ...asked, scenario })),
    )
  await prepareReportDirectory(directory, flags.reportDir)
  const folders = foldersOf(scenarios, directory)
  const older = await clearTheWay(cwd, directory, folders)
  try {
    const ended = await gathered(parts, whole, folders)
    return await conclude({ cwd, flags: { ...flags, postmortem }, asked, directory, waivers, against }, ended, older)
  } catch (error) {
    await older.restore()
    throw error
  }
}

function isCampaign(directory: string): boolean {
  return existsSync(join(directory, campaignFile)) && !existsSync(join(directory, shardFile))
}

function campaignParts(wanted: readonly string[], cwd: string): readonly CampaignPart[] {
  return wanted.map((shown) => {
    const directory = resolve(cwd, shown)
    if (isCampaign(directory)) return readCampaignPart(directory, shown)
    throw new UserError(`"${shown}" holds no part of a campaign, and others of these do.`, {
      hint: 'Merge parts of campaigns and parts of runs apart.',
    })
  })
}

/** In the order of one machine, with the histories beside. */
async function gathered(
  parts: readonly Found[],
  { scenarios }: Whole,
  folders: readonly string[],
): Promise<readonly Ended[]> {
  const ended: Ended[] = []
  for (const { directory, shard } of parts)
    for (const { index, folder, result } of shard.runs) {
      const chosen = scenarios[index]
      const to = folders[index]
      if (!chosen || to === undefined) throw new Error(`Run ${index} of a part is of no scenario.`)
      const from = join(directory, folder, historyFile)
      await mkdir(to, { recursive: true })
      if (existsSync(from)) await copyFile(from, join(to, historyFile))
      ended[index] = { chosen, folder: to, result }
    }
  return Object.values(ended)
}
