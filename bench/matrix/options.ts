// The flags of `npm run matrix`.

import { parseArgs } from 'node:util'
import { UserError } from '#context/user-error.ts'
import type { Choice } from './plan.ts'

export type Options = Choice & {
  /** Write fixtures/record.json. */
  readonly record: boolean
  /** Print what took longest. */
  readonly time: boolean
}

const usage = `npm run matrix -- [--full] [--seeds N] [--seed FIRST] [--only WORD] [--record] [--time]

  --full     every sound client in every scenario; without it the sound clients take turns
  --seeds N  seeds FIRST to FIRST + N - 1; default 1
  --seed     the first seed; default 1. It also chooses whose turn it is
  --only     clients, oracles or scenarios whose name contains WORD
  --record   write fixtures/record.json
  --time     print the longest runs`

export function readOptions(args: readonly string[]): Options {
  const { full, seeds, seed, only, record, time } = parsed(args)
  const [count, first] = [wholeNumber('--seeds', seeds), wholeNumber('--seed', seed)]
  if (record && only !== undefined)
    throw new UserError('--record writes down everything and cannot be used with --only', { hint: usage })
  return { full, only, record, time, seeds: Array.from({ length: count }, (_none, index) => String(first + index)) }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        full: { type: 'boolean', default: false },
        seeds: { type: 'string', default: '1' },
        seed: { type: 'string', default: '1' },
        only: { type: 'string' },
        record: { type: 'boolean', default: false },
        time: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new UserError((error as Error).message, { hint: usage })
  }
}

function wholeNumber(flag: string, text: string): number {
  if (!/^[1-9]\d{0,2}$/u.test(text))
    throw new UserError(`${flag} takes a whole number from 1 to 999, not "${text}"`, { hint: usage })
  return Number(text)
}
