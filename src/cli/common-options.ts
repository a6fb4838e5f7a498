// Flags that several commands have, each described once.

import { Option, type Command } from 'commander'

export function clientOption(): Option {
  return new Option('--client <name|path>', 'the client under test').env('BROWNOUT_CLIENT')
}

export function profileOption(): Option {
  return new Option('--profile <name>', 'how strict the default thresholds are')
    .env('BROWNOUT_PROFILE')
    .choices(['strict', 'default', 'lenient'])
    .default('default')
}

export function reportDirOption(): Option {
  return new Option('--report-dir <directory>', 'where reports go').env('BROWNOUT_REPORT_DIR').default('reports')
}

export function dropHostOption(): Option {
  return new Option('--drop-host <host>', 'a host the client may call in vain; can be given several times')
    .argParser(collect)
    .default([], 'none')
}

/** Not a variadic option, which would swallow the scenario that follows it. */
function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, ...value.split(',').filter((host) => host !== '')]
}

export function transportOption(): Option {
  return new Option('--transport <name>', 'in process and in virtual time, or on real sockets and in real time')
    .env('BROWNOUT_TRANSPORT')
    .choices(['virtual', 'loopback'])
}

export function timeScaleOption(): Option {
  return new Option('--time-scale <number>', 'on loopback: by what the gaps of the timeline are divided')
    .env('BROWNOUT_TIME_SCALE')
    .default('auto', 'auto, as much as phases and load allow')
}

export function httpsOption(): Option {
  return new Option('--https', 'on loopback: addresses that begin with https, under an authority of this run').default(
    false,
  )
}

/** Comparing with a baseline. */
export function addAgainstFlags(command: Command): Command {
  return command
    .option('--against <file>', 'fail when a run is worse than this baseline; the word "baseline": the usual file')
    .option('--no-against', 'compare with none, whatever a config says')
    .addOption(new Option('--tolerance <share>', 'the part of a figure by which it may be worse').default('10%'))
}

export function postmortemOption(): Option {
  return new Option('--postmortem', 'draft a postmortem and an update for chat beside the reports').default(false)
}

export function addConfigFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--config <file>',
        'what holds unless flags say otherwise (default: chaos.config.*, if there is one)',
      ).env('BROWNOUT_CONFIG'),
    )
    .option('--no-config', 'do without one')
    .option('--print-config', 'print every setting of this command, and who says so; do nothing else', false)
}

export function waiversOption(): Option {
  const what = 'failures that somebody answers for (default: chaos.waivers.yaml, if there is one)'
  return new Option('--waivers <file>', what).env('BROWNOUT_WAIVERS')
}
