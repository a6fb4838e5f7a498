// Replays a scenario with a client in a process of its own, as a cell would, and hands over the history.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeHistory } from '#history/codec.ts'
import type { History } from '#history/history.ts'

export type Replayed = { readonly history: History; readonly text: string; readonly notOffered: readonly string[] }

const program = `
  import { writeFileSync } from 'node:fs'
  const root = new URL(process.argv[1])
  const { replay } = await import(new URL('src/engine/replay.ts', root).href)
  const { encodeEvent } = await import(new URL('src/history/codec.ts', root).href)
  const job = JSON.parse(process.argv[2])
  let text = ''
  let witnessed
  process.on('unhandledRejection', (error) => witnessed?.reject(error, null))
  const hooks = {
    sink: (event) => (text += encodeEvent(event)),
    onStage: (all) => (witnessed = all),
    onPhase: () => {},
  }
  const answer = await replay(job, hooks).then(
    ({ notOffered }) => ({ text, notOffered }),
    (error) => ({ text, error: String(error.stack) }),
  )
  writeFileSync(process.argv[3], JSON.stringify(answer))
  process.exit(0)
`

export function replayed(scenario: string, client: string, faults = true): Replayed {
  const root = new URL('../', import.meta.url).href
  const job = {
    scenario: { given: scenario, file: 'inline.yaml', variant: null },
    client: { name: client, url: new URL(`lives/${client}.ts`, import.meta.url).href },
    seed: '1',
    profile: 'default',
    faults,
    dropHosts: [],
  }
  const file = join(mkdtempSync(join(tmpdir(), 'replayed-')), 'answer.json')
  execFileSync(process.execPath, ['--input-type=module', '-e', program, '--', root, JSON.stringify(job), file])
  const answer = JSON.parse(readFileSync(file, 'utf8')) as { text: string; notOffered: string[]; error?: string }
  const { text, notOffered, error } = answer
  if (error !== undefined) throw new Error(error)
  return { history: decodeHistory(text), text, notOffered }
}
