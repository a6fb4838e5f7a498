import { expect, test } from 'vitest'
import { DriverGone, ProtocolError } from '#client/driver/protocol-error.ts'
import { deathOf } from './death.ts'

test.for([
  ['a program that ended', new DriverGone('exit code 137'), { cause: 'exit', message: 'exit code 137' }],
  [
    'one that broke the rules',
    new ProtocolError('it answered twice'),
    { cause: 'protocol', message: 'it answered twice' },
  ],
  ['an exception', new TypeError('no such field'), { cause: 'uncaught', message: 'TypeError: no such field' }],
] as const)('%s is told as what it was', ([, error, death]) => expect(deathOf(error)).toEqual(death))
