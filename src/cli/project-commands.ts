// The commands around runs: to set a project up, to draft scenarios, to keep a baseline, to put parts together, to look at a driver.

import { Option, type Command } from 'commander'
import type { BaselineFlags } from './baseline-command.ts'
import { addAgainstFlags, reportDirOption, waiversOption } from './common-options.ts'
import type { DriverCheckFlags, MergeFlags } from './flags.ts'
import { addImportFlags, importFormats, type ImportFlags } from './import-flags.ts'
import type { OpenapiFlags } from './import-openapi-command.ts'
import type { InitFlags } from './init/init-command.ts'
import { outputs } from './printing.ts'
import { addCommonFlags, subcommand, type End } from './subcommand.ts'

export function addImport(program: Command): void {
  const importing = subcommand(program, 'import').description(
    'make the skeleton of a scenario from what is written about an incident, or a service from its specification',
  )
  for (const format of ['statuspage', 'incident-io', 'text'] as const)
    addImportFlags(subcommand(importing, format), format === 'text')
      .description(importFormats[format])
      .argument('<file>', 'the document')
      .action(async (file: string, flags: ImportFlags) => {
        const { importCommand } = await import('./import-command.ts')
        await importCommand(format, file, flags)
      })
  addImportOpenapi(importing)
}

function addImportOpenapi(importing: Command): void {
  subcommand(importing, 'openapi')
    .description('an API of your own from its specification: a service to simulate, and a scenario to begin with')
    .argument('<file>', 'OpenAPI 3.0 or 3.1, in YAML or JSON')
    .option('--out <directory>', 'where both go (default: the service is printed)')
    .option('--force', 'replace files that are there already', false)
    .option('--name <name>', 'what the service is called (default: from the title)')
    .option('--quiet', 'do not list what was assumed and what was not taken over', false)
    .action(async (file: string, flags: OpenapiFlags) => {
      const { importOpenapiCommand } = await import('./import-openapi-command.ts')
      await importOpenapiCommand(file, flags)
    })
}

export function addInit(program: Command, end: End): void {
  subcommand(program, 'init')
    .description('set a project up: a config, a client, a scenario, a workflow and a script')
    .option('--yes', 'ask nothing, and write what is usual', false)
    .option('--force', 'overwrite what differs', false)
    .addOption(
      new Option('--ci <system>', 'what jobs are written for (default: as the project has any)').choices([
        'github',
        'gitlab',
        'none',
      ]),
    )
    .option('--dry-run', 'say what would be written, and write nothing', false)
    .action(async (flags: InitFlags) => {
      const { initCommand } = await import('./init/init-command.ts')
      end(await initCommand(flags))
    })
}

export function addMerge(program: Command, end: End): void {
  const merge = subcommand(program, 'merge')
  addAgainstFlags(
    merge
      .description('make one of the parts that `run --shard` or `fuzz --shard` has played, maybe on several machines')
      .argument('<directories...>', 'the report directories of all parts')
      .addOption(waiversOption()),
  )
    .option('--regressions <directory>', 'where counterexamples of a campaign go', 'fixtures/regressions')
    .addOption(reportDirOption())
    .action(async (directories: string[], flags: MergeFlags) => {
      const { mergeCommand } = await import('./merge-command.ts')
      end(await mergeCommand(directories, flags))
    })
  addCommonFlags(merge, 'print one line for each run', outputs)
}

export function addBaseline(program: Command, end: End): void {
  const baseline = subcommand(program, 'baseline').description(
    'keep how clients degrade, to compare later runs with it',
  )
  subcommand(baseline, 'save')
    .description('write the figures of recorded runs to a file that is committed; `run --against` compares with it')
    .argument('[histories...]', 'files, or directories with a history.ndjson in them', ['reports'])
    .option('--file <file>', 'the baseline', 'baseline')
    .option('--quiet', 'print nothing', false)
    .option('--verbose', 'print a line for each run', false)
    .action(async (histories: string[], flags: BaselineFlags) => {
      const { baselineSaveCommand } = await import('./baseline-command.ts')
      end(baselineSaveCommand(histories, flags))
    })
}

export function addDriver(program: Command, end: End): void {
  const driver = subcommand(program, 'driver').description('clients that are programs of any language')
  addCommonFlags(subcommand(driver, 'check'), 'print only what fails')
    .description('look whether a driver keeps to the protocol (docs/drivers.md)')
    .argument('<client>', 'its file, such as ./desk.client.yaml')
    .option('--https', 'over HTTPS, as with `https: true` in its file')
    .action(async (client: string, flags: DriverCheckFlags) => {
      const { driverCheckCommand } = await import('./driver-check-command.ts')
      end(await driverCheckCommand(client, flags))
    })
}
