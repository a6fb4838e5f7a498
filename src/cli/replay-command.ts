// `replay`: a counterexample once more, by everything that its file says of how it was found.

import { resolve } from 'node:path'
import { pathFrom } from '#context/path-from.ts'
import { UserError } from '#context/user-error.ts'
import { kindOf } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'
import type { ExitCode } from './exit-code.ts'
import type { ReplayFlags } from './flags.ts'
import { ownVersion } from '#context/own-version.ts'
import { runCommand } from './run-command.ts'
import { complain } from './terminal.ts'

export async function replayCommand(wanted: string, flags: ReplayFlags): Promise<ExitCode> {
  const cwd = process.cwd()
  const file = resolve(cwd, wanted)
  if (kindOf(file) !== 'file')
    throw new UserError(`There is no file "${wanted}".`, {
      hint: 'Name a counterexample, such as one in fixtures/regressions.',
    })
  const { found } = loadFile(file, cwd)
  if (!found)
    throw new UserError('this scenario was written by a person and says nothing of who fails it', {
      place: { file: wanted },
      hint: 'Play it with: run <file> --client <client>.',
    })
  const { client, seed, profile, version, oracle } = found
  if (version !== ownVersion())
    complain(`${wanted} was found by version ${version}; this is ${ownVersion()}, whose rules may be others.`)
  if (!flags.quiet && flags.output === 'text') complain(`${client} failed ${oracle} here when it was found.`)
  return runCommand([pathFrom(cwd, file)], {
    ...flags,
    client: flags.client ?? client,
    seed,
    profile,
    seeds: '1',
    tolerance: '0%',
    postmortem: false,
    https: false,
    timeScale: 'auto',
  })
}
