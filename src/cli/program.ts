// The commands and their flags. What a command needs is imported when it is chosen, so that `list` and `--help` stay fast.

import { Command, CommanderError, Option } from 'commander'
import { isUserError, UserError } from '#context/user-error.ts'
import { plainText } from '#context/foreign-text.ts'
import {
  addConfigFlags,
  addAgainstFlags,
  clientOption,
  dropHostOption,
  postmortemOption,
  profileOption,
  reportDirOption,
  httpsOption,
  timeScaleOption,
  transportOption,
  waiversOption,
} from './common-options.ts'
import { configure } from './config/configure.ts'
import type { Configured } from './config/configured.ts'
import { exitCodeHelp, exitCodes, type ExitCode } from './exit-code.ts'
import { addFuzzFlags, addReplayFlags } from './fuzz-flags.ts'
import type { CommonFlags, FuzzFlags, JudgeFlags, ReplayFlags, RunFlags } from './flags.ts'
import type { ValidateFlags } from './validate-command.ts'
import { addBaseline, addDriver, addImport, addInit, addMerge } from './project-commands.ts'
import type { ServeFlags } from './serve-command.ts'
import { addCommonFlags, subcommand, type End } from './subcommand.ts'
import { outputs } from './printing.ts'
import { ownVersion } from '#context/own-version.ts'
import { complain, print } from './terminal.ts'

const oneLineOnly = 'print one line'
const selection = 'names, files, directories, globs, tags, severities (P1 to P4), or "all"'

/** Never throws. */
export async function runCli(words: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = exitCodes.pass
  forgetEmptyVariables(process.env)
  try {
    await createProgram((chosen) => (code = chosen)).parseAsync(words, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.pass
    return tellFailure(error instanceof CommanderError ? usageError(error) : error)
  }
}

/** What is set to nothing counts as not set, as CI systems do it. */
function forgetEmptyVariables(environment: NodeJS.ProcessEnv): void {
  for (const [name, value] of Object.entries(environment))
    if (name.startsWith('BROWNOUT_') && value?.trim() === '') Reflect.deleteProperty(environment, name)
}

/** The user's mistake in their words; ours in one sentence, with the stack for who asks for it. */
export function tellFailure(error: unknown): ExitCode {
  if (isUserError(error)) {
    complain(plainText(sentence(error)))
    return error.isMachine ? exitCodes.error : exitCodes.rejected
  }
  const message = error instanceof Error ? error.message : String(error)
  complain(plainText(`Brownout itself failed: ${message}`))
  if (process.argv.includes('--verbose') && error instanceof Error && error.stack) complain(plainText(error.stack))
  else complain('Please report this, with what --verbose adds to it.')
  return exitCodes.error
}

function sentence(error: UserError): string {
  const text = UserError.prototype.toString.call(error)
  return error.place ? text : text.charAt(0).toUpperCase() + text.slice(1)
}

/** `error: unknown option '--sed'\n(Did you mean --seed?)`, as sentences. */
function usageError(error: CommanderError): UserError {
  if (error.code === 'commander.help')
    return new UserError('A word of the command is missing.', { hint: 'See --help for what it may be.' })
  const [what = '', guess] = error.message.replace(/^error: /u, '').split('\n')
  const hint = guess?.replaceAll(/^\(|\)$/gu, '') ?? 'See --help for the commands and their flags.'
  return new UserError(`${what.replace(/[.!?]$/u, '')}.`, { hint })
}

/** `end` is told the exit code of the command that was chosen. */
export function createProgram(end: End): Command {
  let configured: Configured | undefined
  const program = new Command('brownout')
    .description(
      'Replays real API incidents against an API client in virtual time and says whether it degraded correctly.',
    )
    .version(ownVersion(), '--version', 'show the version')
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: () => {}, getOutHelpWidth: () => 100 })
    .helpCommand(false)
    .hook('preAction', async (_, command) => {
      configured = await configure(command, process.cwd())
    })
  const run = addRunFlags(subcommand(program, 'run', { isDefault: true }))
    .description('replay scenarios and judge the client (what happens when no command is named)')
    .argument('[scenarios...]', selection)
    .action(async (scenarios: string[], flags: RunFlags) => {
      const { runCommand } = await import('./run-command.ts')
      end(await runCommand(scenarios, flags, configured))
    })
  addCommonFlags(subcommand(program, 'list'), 'print names only')
    .description('show the scenarios there are, or those that words select')
    .argument('[scenarios...]', selection)
    .action(async (scenarios: string[], flags: CommonFlags) => {
      const { listCommand } = await import('./list-command.ts')
      await listCommand(scenarios, flags)
    })
  addCommonFlags(subcommand(program, 'validate'), 'print only what is wrong')
    .description('check scenario files without running them')
    .argument('[scenarios...]', selection, ['all'])
    .option('--watch', 'go on, and check again whenever a file changes', false)
    .action(async (scenarios: string[], flags: ValidateFlags) => {
      const { validateCommand } = await import('./validate-command.ts')
      end(await validateCommand(scenarios, flags))
    })
  addCommonFlags(subcommand(program, 'explain'), 'print only what happens when')
    .description('tell what a scenario does, and what of it is documented')
    .argument('<scenario>', 'a name or a file; name:variant for one row of it')
    .action(async (scenario: string, flags: CommonFlags) => {
      const { explainCommand } = await import('./explain-command.ts')
      explainCommand(scenario, flags)
    })
  addJudgeFlags(subcommand(program, 'judge'))
    .description('judge recorded histories again, by other thresholds or newer oracles; nothing is run')
    .argument('<histories...>', 'files, or directories with a history.ndjson in them')
    .action(async (histories: string[], flags: JudgeFlags) => {
      const { judgeCommand } = await import('./judge-command.ts')
      end(await judgeCommand(histories, flags))
    })
  addImport(program)
  addInit(program, end)
  addMerge(program, end)
  addBaseline(program, end)
  addCampaigns(program, end, () => configured)
  addDriver(program, end)
  addConfigFlags(subcommand(program, 'serve'))
    .description('keep the simulated services of a scenario running on this machine, in real time')
    .argument('<scenario>', 'a name or a file')
    .option('--from <time|phase>', 'where to begin (default: a minute before the first fault)')
    .option('--port <number>', 'the first port; the others follow, 0 takes any', '4010')
    .addOption(new Option('--seed <text>', 'what all chance is drawn from').env('BROWNOUT_SEED').default('1'))
    .option('--https', 'serve over HTTPS, under an authority made for it', false)
    .option('--quiet', 'print no line for each request', false)
    .option('--verbose', 'print a line when a request arrives, too', false)
    .action(async (scenario: string, flags: ServeFlags) => {
      const { serveCommand } = await import('./serve-command.ts')
      end(await serveCommand(scenario, flags))
    })
  return program.addHelpText('after', () => `\n${optionsOf(run)}\n\n${exitCodeHelp}`)
}

function addCampaigns(program: Command, end: End, configured: () => Configured | undefined): void {
  addCommonFlags(addFuzzFlags(subcommand(program, 'fuzz')), oneLineOnly)
    .description('look for the smallest trouble that breaks the client, around an incident or in the whole catalogue')
    .argument('<scenario>', 'a name or a file: the world and the load that the campaign plays with')
    .action(async (scenario: string, flags: FuzzFlags) => {
      const { fuzzCommand } = await import('./fuzz-command.ts')
      end(await fuzzCommand(scenario, flags, configured()))
    })
  addCommonFlags(addReplayFlags(subcommand(program, 'replay')), oneLineOnly, outputs)
    .description('replay a counterexample, with the client and the seed it was found with')
    .argument('<file>', 'a scenario that `fuzz` has written')
    .action(async (file: string, flags: ReplayFlags) => {
      const { replayCommand } = await import('./replay-command.ts')
      end(await replayCommand(file, flags))
    })
}

/** The first screen of help shows the flags that nearly everybody wants. */
function optionsOf(run: Command): string {
  const help = run.helpInformation()
  return help.slice(help.indexOf('Options:')).replace('Options:', 'Options of run:').trimEnd()
}

function addJudgeFlags(command: Command): Command {
  command
    .addOption(
      new Option('--profile <name>', 'how strict the default thresholds are (default: as recorded)').choices([
        'strict',
        'default',
        'lenient',
      ]),
    )
    .addOption(
      new Option('--set <oracle.setting=value>', 'another threshold, as amplification.factor=1.5x; several times')
        .argParser((value: string, before: readonly string[]) => [...before, value])
        .default([], 'none'),
    )
    .addOption(waiversOption())
  addAgainstFlags(command)
    .addOption(postmortemOption())
    .option('--report-dir <directory>', 'where reports go (default: none are written)')
  return addCommonFlags(command, 'print one line for each history', outputs)
}

function addRunFlags(command: Command): Command {
  command
    .addOption(clientOption())
    .addOption(new Option('--seed <text>', 'what all chance is drawn from').env('BROWNOUT_SEED').default('1'))
    .addOption(
      new Option('--seeds <number>', 'how many seeds to try, from --seed on; the worst is shown')
        .env('BROWNOUT_SEEDS')
        .default('1'),
    )
    .option('--ablate', 'replay what failed without each of its faults (default: when it is one run)')
    .option('--no-ablate', 'do not')
    .addOption(profileOption())
    .addOption(waiversOption())
  addAgainstFlags(command)
    .addOption(postmortemOption())
    .addOption(reportDirOption())
    .option('--shard <i/n>', 'play one of n parts, as 2/4, for merge to make one of')
    .addOption(dropHostOption())
    .addOption(transportOption())
    .addOption(timeScaleOption())
    .addOption(httpsOption())
  return addCommonFlags(command, 'print one line for each run', outputs)
}
