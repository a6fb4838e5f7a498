// Machines on which a cell cannot be started as it is started here.

import { describe, expect, test } from 'vitest'
import { starter } from './launch.ts'

const machine = (files: Readonly<Record<string, string>>) => (path: string) => files[path]

describe('what a command is started by', () => {
  test.for<readonly [string, NodeJS.Platform, Readonly<Record<string, string>>, RegExp]>([
    [
      'a Linux',
      'linux',
      { '/usr/bin/setpriv': '/usr/bin/setpriv', '/bin/sh': '/usr/bin/dash' },
      /setpriv --pdeathsig KILL$/u,
    ],
    ['an old Linux', 'linux', { '/bin/setpriv': '/bin/setpriv', '/bin/sh': '/bin/dash' }, /^\/bin\/setpriv /u],
    ['a BusyBox', 'linux', { '/bin/setpriv': '/bin/busybox', '/bin/sh': '/bin/busybox' }, /^\/bin\/sh -c ulimit -t /u],
    ['a Mac', 'darwin', { '/bin/sh': '/bin/sh' }, /^\/bin\/sh -c ulimit -t /u],
    ['a Windows', 'win32', {}, /^$/u],
  ])('%s', ([, platform, files, command]) => {
    expect(starter(platform, machine(files)).join(' ')).toMatch(command)
  })

  test('without any of them it is told before a run', () => {
    expect(() => starter('linux', machine({}))).toThrow(/^There is neither setpriv nor \/bin\/sh here/u)
  })
})
