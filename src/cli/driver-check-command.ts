// `driver check`: whether a driver keeps to the protocol, one line for each thing looked at, and what to do where it does not.

import { oneLine } from '#context/foreign-text.ts'
import { UserError } from '#context/user-error.ts'
import { prepareClient } from '#client/driver/prepare.ts'
import { isDriver } from '#client/resolve-client.ts'
import { checkDriver, type Checked } from '#engine/conformance/check-driver.ts'
import { locateClient } from '#scenario/client-file.ts'
import { exitCodes, type ExitCode } from './exit-code.ts'
import type { DriverCheckFlags } from './flags.ts'
import { checkFilled } from './select.ts'
import { print } from './terminal.ts'

const marks = { pass: 'ok   ', fail: 'FAIL ', skipped: '-    ' } as const

export async function driverCheckCommand(
  client: string,
  { output, quiet, https }: DriverCheckFlags,
): Promise<ExitCode> {
  const location = locateClient(checkFilled('<client>', client), process.cwd())
  if (!isDriver(location))
    throw new UserError(`The client "${client}" is a module, which needs no driver.`, {
      hint: 'Name a file such as ./desk.client.yaml, with `command: [python3, desk.py]` in it.',
    })
  const isText = output === 'text'
  const prepared = await prepareClient(https ? { ...location, https } : location)
  const all = await checkDriver(prepared, (checked) => {
    if (isText && (!quiet || checked.verdict === 'fail')) print(lineOf(checked))
  })
  const failed = all.filter(({ verdict }) => verdict === 'fail').length
  if (isText)
    print(`\n${location.name}: ${failed === 0 ? 'keeps to the protocol' : `${failed} of ${all.length} checks failed`}.`)
  else print(JSON.stringify({ client: location.name, checks: all }, null, 2))
  return failed === 0 ? exitCodes.pass : exitCodes.fail
}

function lineOf({ name, verdict, told, todo }: Checked): string {
  const line = `${marks[verdict]}${name}: ${oneLine(told)}`
  return todo === undefined ? line : `${line}\n     → ${todo}`
}
