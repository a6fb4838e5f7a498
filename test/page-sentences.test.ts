// Goal: no sentence of a page names a command, a flag or a scenario that does not exist. Method: what is written as code within sentences is read by the
// parser of the program itself, whose actions do nothing. What stands in blocks is executed by test/page-commands.test.ts.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError, type Command } from 'commander'
import { expect, test } from 'vitest'
import { createProgram } from '#cli/program.ts'
import { findScenarios, shippedScenarios } from '#scenario/files.ts'
import { pages, partsOf } from './page-parts.ts'

const root = join(import.meta.dirname, '..')

type Said = { readonly code: string; readonly line: number }

/** Without blocks between fences and indented ones. */
function codeIn(page: string): readonly Said[] {
  let isFenced = false
  return readFileSync(join(root, page), 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (/^ *```/u.test(line)) isFenced = !isFenced
      if (isFenced || /^ {4}/u.test(line) || line.trim() === '```') return []
      return Array.from(line.matchAll(/`([^`]+)`/gu), ([, code = '']) => ({ code, line: index + 1 }))
    })
}

const said = pages.flatMap((page) => codeIn(page).map((one) => ({ ...one, page })))
const everyCommand = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(everyCommand)]
const commands = everyCommand(createProgram(() => {}))
const subcommands = new Set(commands.slice(1).map((command) => command.name()))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: object }
const scripts = new Set(Object.keys(manifest.scripts))

/** Of programs that are not ours, or of benches. */
const foreign = ['--build-arg', '--build-snapshot', '--cpu-prof', '--how']
const flags = new Set([...commands.flatMap((command) => command.options.flatMap(({ long }) => long ?? [])), ...foreign])
const isFlag = (code: string): boolean => /^--[a-z]/u.test(code)

/** The words that a command would be given; `null` where this is none of ours. */
function wordsOf(code: string): readonly string[] | null {
  const [, typed] =
    /^(?:npm run chaos --|npx brownout|brownout|node \S+\/brownout\.js) (.+)$/u.exec(unfolded(code)) ?? []
  const words = (typed ?? code).split(/\s+/u).map((word) => examples[word] ?? word)
  // `fuzz ten-minutes --any`, as pages say it that have named the program before. One word alone may be anything.
  const isOurs =
    typed !== undefined || (words.length > 1 && subcommands.has(words[0] ?? '') && !code.startsWith("import '"))
  return isOurs ? words : null
}

/** Where a value is left to the reader, one that is taken. */
const examples: Readonly<Record<string, string>> = {
  '<words>': 'list',
  '<command>': 'list',
  '<scenario>': 'ten-minutes',
}
const unfolded = (code: string): string => code.replaceAll('<this checkout>', '.')

type Chosen = { readonly name: string; readonly args: readonly string[] }

/** What the program understands. Nothing runs. */
async function read(words: readonly string[]): Promise<Chosen | string> {
  let chosen: Chosen | undefined
  const program = createProgram(() => {})
  const tame = (command: Command): void => {
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} })
    command.commands.forEach(tame)
    if (command.commands.length === 0)
      command.action(() => {
        chosen = { name: command.name(), args: command.args }
      })
  }
  program.commands.forEach(tame)
  try {
    await program.parseAsync(words, { from: 'user' })
    return chosen ?? 'chooses no command'
  } catch (error) {
    return error instanceof CommanderError ? error.message : String(error)
  }
}

const selecting = new Set(['run', 'list', 'validate', 'explain', 'fuzz', 'serve'])
const shipped = findScenarios(shippedScenarios)
const texts = shipped.map(({ file }) => readFileSync(file, 'utf8'))
/** What pages write themselves, and what `init` does. */
const own = new Set([
  'first-incident',
  ...pages.flatMap((page) => partsOf(page).flatMap(({ text }) => /^scenario: (.+)$/mu.exec(text)?.[1] ?? [])),
])

async function problemWith(code: string): Promise<string | null> {
  const words = wordsOf(code)
  if (words === null) return null
  const chosen = await read(words)
  if (typeof chosen === 'string') return chosen
  const strange = selecting.has(chosen.name) ? chosen.args.find((word) => !isKnown(word)) : undefined
  return strange === undefined ? null : `there is no scenario ${strange}`
}

/** A name, a variant, a severity, a tag, or what a page writes itself. */
function isKnown(word: string): boolean {
  const [name = ''] = word.split(':')
  if (word === 'all' || /^P[1-4]$/u.test(word) || own.has(name)) return true
  return (
    shipped.some((one) => one.name === name) ||
    texts.some((text) => new RegExp(`^tags:.*\\b${word}\\b|^ +- ${word}$`, 'mu').test(text))
  )
}

test('commands within sentences are found', () => {
  expect(said.filter(({ code }) => wordsOf(code) !== null).length).toBeGreaterThan(20)
})

test('every command within a sentence is one, with flags and scenarios that are there', async () => {
  const problems = await Promise.all(
    said.map(async ({ page, line, code }) => {
      const problem = await problemWith(code)
      return problem === null ? [] : [`${page}:${line}: ${code}: ${problem}`]
    }),
  )
  expect(problems.flat()).toEqual([])
})

test('every flag within a sentence is one of a command, of a bench, or of another program', () => {
  const strange = said.flatMap(({ page, line, code }) =>
    isFlag(code) && !flags.has(code.split(/[ =]/u)[0] ?? '') ? [`${page}:${line}: ${code}`] : [],
  )
  expect(strange).toEqual([])
})

test('every script within a sentence is one of the manifest', () => {
  const strange = said.filter(({ code }) => {
    const [, name] = /^npm run ([\w:-]+)/u.exec(code) ?? []
    return name !== undefined && !scripts.has(name)
  })
  expect(strange).toEqual([])
})

test.for([
  ['npm run chaos -- au-regional-timeot', 'there is no scenario au-regional-timeot'],
  ['fuzz ten-minutes --anny', /unknown option '--anny'/u],
  ['npx brownout import opnapi api.yaml', /unknown command/u],
  ['run all --profile strictest', /Allowed choices/u],
] as const)('`%s` would be noticed', async ([code, says]) => {
  expect(await problemWith(code)).toMatch(says)
})
