// Goal: a file that was written or checked out on Windows says the same, and its mistakes are at the same places.

import { expect, test } from 'vitest'
import { isUserError } from '#context/user-error.ts'
import { parseClientFile } from './client-file.ts'
import { parseDefinition } from './definition-file.ts'
import { rich } from './sample.ts'
import { parseScenario } from './parse.ts'
import { parseWaivers } from './waivers.ts'

const waivers = `# known
- oracle: recovers
  scenario: au-*
  owner: ada
  until: 2026-12-31
  because: it is being rebuilt
`
const service = `name: parcels
hosts:
  - { host: api.parcels.example, region: eu }
auth: { kind: header, name: X-Api-Key }
resources:
  parcel:
    path: /parcels
    fields:
      note: { type: string }
      grams: { type: integer, from: 1, to: 30000 }
`
const client = `command:
  - python3
  - desk.py
env:
  LEVEL: debug
`

type Reader = (text: string) => unknown

const kinds: readonly [string, string, Reader][] = [
  ['waivers', waivers, (text) => parseWaivers(text, 'waivers.yaml', ['au-regional-timeout'])],
  ['a service', service, (text) => parseDefinition(text, 'parcels.service.yaml')],
  ['a client', client, (text) => parseClientFile(text, '/app/desk.client.yaml', 'desk')],
  ['a scenario', rich, (text) => parseScenario(text, 'rich.yaml')],
]

const onWindows = (text: string): string => text.replaceAll('\n', '\r\n')

function told(read: Reader, text: string): string {
  try {
    read(text)
  } catch (error) {
    if (isUserError(error)) return String(error)
    throw error
  }
  return 'nothing is wrong'
}

test.for(kinds)('%s with other line ends says the same', ([, text, read]) => {
  expect(read(onWindows(text))).toEqual(read(text))
})

test.for(kinds)('a mistake in %s with other line ends is at the same place', ([, text, read]) => {
  const wrong = `${text}wrong: here\n`
  expect(told(read, onWindows(wrong))).toBe(told(read, wrong))
  expect(told(read, wrong)).not.toBe('nothing is wrong')
})
