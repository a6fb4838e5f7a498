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
import { missingParts } from './part.ts'
import { readWaivers } from './waivers.ts'

type Found = { readonly directory: string; readonly shown: string; readonly shard: Shard }

export async function mergeCommand(wanted: readonly string[], flags: MergeFlags): Promise<ExitCode> {
  const cwd = process.cwd()
  const directory = resolve(cwd, checkFilled('--report-dir', flags.reportDir))
  if (wanted.some((shown) => isCampaign(resolve(cwd, shown))))
    return mergeCampaign(campaignParts(wanted, cwd), flags, cwd)
  const parts = wanted.map((shown) => {
    const found = resolve(cwd, shown)
    return { directory: found, shown, shard: readShard(found, shown, cwd) }
  })
  checkWhole(parts)
  if (parts.some((part) => part.directory === directory))
    throw new UserError('The reports about all parts cannot lie where one of the parts lies.', {
      hint: 'Choose another directory with --report-dir.',
    })
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

/** All parts of one command, each once. */
function checkWhole(parts: readonly Found[]): void {
  const [first, ...others] = parts as [Found, ...Found[]]
  const { of } = first.shard.part
  for (const other of others) {
    if (other.shard.part.of === of && sameAs(first.shard.whole, other.shard.whole)) continue
    throw new UserError(`"${first.shown}" and "${other.shown}" are not parts of one command.`, {
      hint: 'All parts need the same scenarios, client, seed and number of parts.',
    })
  }
  for (const [index, { shown, shard }] of parts.entries()) {
    const same = parts.slice(0, index).find((earlier) => earlier.shard.part.index === shard.part.index)
    if (same) throw new UserError(`"${same.shown}" and "${shown}" are the same part.`, { hint: 'Name each part once.' })
  }
  const indices = parts.map(({ shard }) => shard.part.index)
  if (parts.length < of)
    throw new UserError(`These are ${parts.length} of ${of} parts; missing: ${missingParts(indices, of)}.`, {
      hint: 'Name the directories of all of them.',
    })
}

function sameAs(one: Whole, other: Whole): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
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
