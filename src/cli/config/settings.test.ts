// Goal: whatever a run can be told by a flag can stand in a config, and under the same name.

import { expect, test } from 'vitest'
import { createProgram } from '../program.ts'
import { applySettings } from './settings.ts'
import { configSchema } from '#config/schema.ts'

const renamed: Readonly<Record<string, string>> = {
  reportDir: 'reports.dir',
  postmortem: 'reports.postmortem',
  dropHost: 'dropHosts',
}
/** About the config itself, and which part of all is for this machine. */
const typedOnly = ['config', 'printConfig', 'shard']

test('every flag of `run` has a setting', () => {
  const run = createProgram(() => undefined).commands.find((command) => command.name() === 'run')!
  const flags = [...new Set(run.options.map((option) => option.attributeName()))]
  const wanted = flags.filter((flag) => !typedOnly.includes(flag)).map((flag) => renamed[flag] ?? flag)
  expect(
    applySettings(run, [], '/')
      .map(({ setting }) => setting)
      .toSorted(),
  ).toEqual(wanted.toSorted())
  const keys = Object.keys(configSchema.shape)
  expect(wanted.filter((setting) => !keys.includes(setting.split('.')[0] ?? ''))).toEqual([])
})
