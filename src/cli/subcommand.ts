// What all commands have: help with the exit codes, and how much is printed in which form.

import { Option, type Command } from 'commander'
import { addConfigFlags } from './common-options.ts'
import { exitCodeHelp, ownExitCodes, type ExitCode } from './exit-code.ts'

/** Told the exit code of the command that was chosen. */
export type End = (code: ExitCode) => void

export function subcommand(program: Command, name: string, more: { isDefault?: boolean } = {}): Command {
  const path = program.parent ? `${program.name()} ${name}` : name
  return program
    .command(name, more)
    .helpOption('-h, --help', 'show this')
    .addHelpText('after', `\n${ownExitCodes(path) ?? exitCodeHelp}`)
}

export function addCommonFlags(
  command: Command,
  quiet: string,
  choices: readonly string[] = ['text', 'json'],
): Command {
  return addConfigFlags(command)
    .option('--quiet', quiet, false)
    .addOption(new Option('--output <format>', 'what to print').choices(choices).default('text'))
    .option('--verbose', 'print everything there is to say', false)
    .option('--no-color', 'print without colours (as NO_COLOR does)')
}
