// The flags of `fuzz` and `replay`.

import { Option, type Command } from 'commander'
import { clientOption, dropHostOption, profileOption, reportDirOption } from './common-options.ts'

export function addFuzzFlags(command: Command): Command {
  return command
    .addOption(clientOption())
    .addOption(new Option('--runs <number>', 'how many cases to play').default('500'))
    .option('--time <duration>', 'stop after this long, as 5m')
    .addOption(new Option('--around', 'change the incident a little (the default)').conflicts(['any', 'enumerate']))
    .addOption(new Option('--any', 'draw from the whole catalogue of faults').conflicts('enumerate'))
    .option('--enumerate', 'place each form of each fault at each kind of request, then pairs', false)
    .option('--blind', 'play new cases as they come, whatever earlier ones tried or showed', false)
    .option('--no-shrink', 'keep what fails as it was found')
    .addOption(new Option('--seed <text>', 'what the campaign is drawn from').env('BROWNOUT_SEED').default('1'))
    .option('--run-seed <text>', 'what each run is drawn from', '1')
    .option('--path <case>', 'play this case only, as 137.2')
    .option('--shard <i/n>', 'play one of n parts, as 2/4')
    .option('--workers <number>', 'processes at once (default: one for each processor)')
    .addOption(profileOption())
    .addOption(dropHostOption())
    .option('--regressions <directory>', 'where counterexamples are kept, and replayed from', 'fixtures/regressions')
    .addOption(reportDirOption())
}

export function addReplayFlags(command: Command): Command {
  return command
    .addOption(new Option('--client <name|path>', 'another client than it was found with').env('BROWNOUT_CLIENT'))
    .addOption(dropHostOption())
    .addOption(reportDirOption())
}
