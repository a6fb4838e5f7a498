// Before a command begins: is there a config, and what does it change? All that reads one is imported only where there is one.

import { CommanderError, type Command } from 'commander'
import { configFile } from '#config/find-config.ts'
import { exitCodes } from '../exit-code.ts'
import { print } from '../terminal.ts'
import type { Configured } from './configured.ts'

/** Throws UserError for what is wrong with the config; with --print-config, whatever ends the command well. */
export async function configure(command: Command, cwd: string): Promise<Configured | undefined> {
  // Some commands play nothing, and look for none.
  if (!command.options.some((option) => option.attributeName() === 'config')) return undefined
  const isPrinted = command.getOptionValue('printConfig') === true
  const file = configFile(command.getOptionValue('config') as string | false | undefined, cwd)
  if (file === null && !isPrinted) return undefined
  const { configureBy } = await import('./configured.ts')
  const { configured, told } = await configureBy(file, command, cwd)
  if (!isPrinted) return configured
  const { settingsJson, settingsText } = await import('./print-settings.ts')
  print(command.getOptionValue('output') === 'json' ? settingsJson(told()) : settingsText(told()))
  throw new CommanderError(exitCodes.pass, 'brownout.printed', '')
}
