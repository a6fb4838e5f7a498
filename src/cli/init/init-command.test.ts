// Goal: whoever is asked decides. Method: answers from a list, and from a stream as a terminal gives them.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { initCommand } from './init-command.ts'
import { askOn } from './questions.ts'

let room = ''
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'asked-'))
  writeFileSync(join(room, 'package.json'), '{\n\t"type": "module"\n}\n')
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(room, { recursive: true })
})

const flags = { yes: false, force: false, dryRun: false }

/** Answers in turn; tells what was asked. */
async function asked(answers: readonly (boolean | undefined)[]) {
  const left = [...answers]
  const questions: string[] = []
  const code = await initCommand(flags, room, (question) => {
    questions.push(question)
    return Promise.resolve(left.shift())
  })
  return { code, questions }
}

test('the answers decide on the language and the workflow, and what differs is asked for one by one', async () => {
  const first = await asked([true, false])
  expect(first).toMatchObject({
    code: 0,
    questions: [expect.stringMatching(/TypeScript\?$/u), expect.stringMatching(/GitHub Actions\?$/u)],
  })
  expect(existsSync(join(room, 'chaos.config.ts'))).toBe(true)
  expect(existsSync(join(room, '.github'))).toBe(false)
  expect(readFileSync(join(room, 'package.json'), 'utf8')).toBe(
    '{\n\t"type": "module",\n\t"scripts": {\n\t\t"chaos": "brownout"\n\t}\n}\n',
  )
  for (const path of ['chaos/client.ts', 'scenarios/first-incident.yaml']) writeFileSync(join(room, path), 'mine')
  const { questions } = await asked([true, false, true, false])
  expect(questions.slice(2)).toEqual([
    'chaos/client.ts is not what would be written. Overwrite it?',
    'scenarios/first-incident.yaml is not what would be written. Overwrite it?',
  ])
  expect(readFileSync(join(room, 'chaos/client.ts'), 'utf8')).toContain('defineClient')
  expect(readFileSync(join(room, 'scenarios/first-incident.yaml'), 'utf8')).toBe('mine')
})

test.for([[[undefined]], [[true, undefined]]])('whoever leaves after %j has nothing written', async ([answers]) => {
  expect((await asked(answers ?? [])).code).toBe(130)
  expect(existsSync(join(room, 'chaos'))).toBe(false)
})

test.for([
  ['\n', true, true],
  ['\n', false, false],
  ['y\n', false, true],
  ['No\n', true, false],
  ['maybe\nYES\n', false, true],
] as const)('%j, where %j is usual, is %j', async ([typed, usual, answer]) => {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const lines = typed.match(/.*\n/gu) ?? []
  output.on('data', (text: Buffer) => text.includes('Well?') && input.write(lines.shift() ?? ''))
  expect(await askOn({ input, output }, 'Well?', usual)).toBe(answer)
  expect(lines).toEqual([])
})

test('the end of what is typed is no answer', async () => {
  const input = new PassThrough()
  const told = askOn({ input, output: new PassThrough() }, 'Well?', true)
  input.end()
  expect(await told).toBeUndefined()
})
