// What a person named, as things to run: scenarios that parse, and a client that exists. Everything wrong is said before the
// first run starts.

import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isShipped, resolveClient, shippedClients, type ClientLocation } from '#client/resolve-client.ts'
import { limits } from '#context/limits.ts'
import { pathFrom } from '#context/path-from.ts'
import { quoteWord } from '#context/shell-word.ts'
import { nearestName } from '#context/nearest-name.ts'
import { UserError } from '#context/user-error.ts'
import { plainText } from '#context/foreign-text.ts'
import { locateClient } from '#scenario/client-file.ts'
import { isFoundByName, knownScenarios, showPath } from '#scenario/files.ts'
import { loadFile } from '#scenario/load.ts'
import { knownWords, locateRows, type ScenarioRow } from '#scenario/locate.ts'
import type { OwnSetting } from '#config/overrides.ts'

/** One row to run: a whole file, or one of its variants. `name` is the row's, and `called` is what to type to mean it. */
export type Chosen = ScenarioRow & {
  readonly called: string
  /** What a config says of this row, instead of what holds for the command. */
  readonly own?: OwnSetting
  /** Of reports, where several clients are played. */
  readonly folder?: string
}

const commands = [
  'run',
  'list',
  'validate',
  'explain',
  'judge',
  'baseline',
  'fuzz',
  'replay',
  'serve',
  'driver',
  'merge',
  'import',
  'init',
]

/** In the order they were named, each row once; a file with variants is all of its rows. Parses them all, or throws the first
 * one's problem. */
export function chooseScenarios(wanted: readonly string[], cwd: string): readonly Chosen[] {
  if (wanted.length === 0) {
    const names = knownScenarios(cwd).map(({ name }) => name)
    throw new UserError('No scenario is named.', { hint: `Name one, or "all". There are: ${names.join(', ')}.` })
  }
  const located = wanted.flatMap((word) => locate(word, cwd))
  const variantsOf = new Map(located.map(({ file }) => [file, loadFile(file, cwd).variants.map(({ name }) => name)]))
  const rows = new Map<string, Chosen>()
  for (const chosen of located) {
    for (const variant of rowsOf(chosen, variantsOf.get(chosen.file) ?? [], cwd)) {
      const { file, name, called } = chosen
      const row =
        variant === null ? chosen : { file, variant, name: `${name}:${variant}`, called: `${called}:${variant}` }
      rows.set(`${variant ?? ''}:${file}`, row)
    }
  }
  return [...rows.values()]
}

/** The one that is named, if it is there; otherwise all. */
function rowsOf({ file, variant }: Chosen, variants: readonly string[], cwd: string): readonly (string | null)[] {
  if (variant === null) return variants.length === 0 ? [null] : variants
  if (!variants.includes(variant)) loadFile(file, cwd, variant)
  return [variant]
}

/** Files that were meant by one word, parsed or not; `variant` is there where the word names one. */
export function locate(word: string, cwd: string): readonly Chosen[] {
  const known = new Map(knownScenarios(cwd).map(({ name, file }) => [file, name]))
  try {
    return locateRows(word, cwd).map((found) => {
      const name = isFoundByName(found.file, cwd) ? known.get(found.file) : undefined
      return { ...found, called: name ?? typedFile(found.file, cwd) }
    })
  } catch (error) {
    if (commands.includes(word)) {
      const hint = 'It is a command, and a command is typed first, before options and names.'
      throw new UserError(`There is no scenario "${word}".`, { hint })
    }
    const command = nearestName(word, commands)
    if (command === undefined && !looksLikeCommand(word, knownWords(cwd), cwd)) throw error
    const hint =
      command === undefined
        ? `The commands are ${commands.join(', ')}. "list" shows the scenarios.`
        : `Did you mean "${command}"?`
    throw new UserError(`There is no command and no scenario "${word}".`, { hint })
  }
}

/** One plain word that is near nothing to select by: such as a command of another version. */
function looksLikeCommand(word: string, known: readonly string[], cwd: string): boolean {
  return /^[a-z]+$/u.test(word) && nearestName(word, known) === undefined && !existsSync(resolve(cwd, word))
}

/** Never absolute where that can be helped: the machine's folders are nobody's business. */
function typedFile(file: string, cwd: string): string {
  const shown = showPath(file, cwd)
  return isAbsolute(shown) ? pathFrom(cwd, file) : shown
}

/** Inside this project the reference client is what a scenario is tried on; a user's verdict needs the user's client. */
export function chooseClient(wanted: string | undefined, cwd: string, ownRepository: boolean): ClientLocation {
  if (wanted !== undefined) return locateClient(checkFilled('--client', wanted), cwd)
  if (ownRepository) return resolveClient('resilient', cwd)
  throw new UserError("No client is named, and a verdict on anybody else's client would prove nothing.", {
    hint: [
      '"npx brownout init" writes one to begin with, and a config that names it. By hand:',
      'Write a file that exports one, and pass it with --client ./client.ts (or BROWNOUT_CLIENT):',
      '',
      "  import { defineClient } from 'brownout'",
      '  export const client = defineClient({',
      "    name: 'my-client',",
      "    promises: { 'contact.read': { within: '10s', degrade: ['error'] } },",
      '    create: (world) => ({ operations: {',
      "      'contact.read': async ({ contact }, call) => {",
      '        const { url, token } = world.workspaces[call.workspace]',
      '        const headers = { authorization: `Bearer ${token}` }',
      '        const response = await fetch(`${url}/contacts/${contact.id}`, { headers, signal: call.signal })',
      '        if (!response.ok) throw new Error(`answered ${response.status}`)',
      '        return await response.json()',
      '      },',
      '    } }),',
      '  })',
    ].join('\n'),
  })
}

/** What to type to mean this client: a shipped one's name, or the path of a file. */
export function typedClient({ name, url }: ClientLocation, cwd: string): string {
  return isShipped(url) && shippedClients().includes(name) ? name : pathFrom(cwd, fileURLToPath(url))
}

/** A variable of the shell that is not set must not quietly mean the default. */
export function checkFilled(flag: string, value: string): string {
  if (value.trim() !== '') return value
  throw new UserError(`${flag} is empty.`, {
    hint: 'Is it a variable that is not set? Give it a value, or leave it out.',
  })
}

/** Nothing here asks the network for a file. */
export function checkLocal(file: string): string {
  if (!/^https?:\/\//iu.test(file)) return file
  const name =
    file
      .replace(/[?#].*$/u, '')
      .split('/')
      .at(-1) ?? ''
  const saved = /^[\w.-]+\.\w+$/u.test(name) ? name : 'document.json'
  throw new UserError(`"${file}" is an address, and only files are read.`, {
    hint: `Download it first: curl -L -o ${saved} ${quoteWord(file)}`,
  })
}

/** As a request names it: without a scheme and a path, in lower case, with a port where one is meant. */
export function checkHosts(hosts: readonly string[]): readonly string[] {
  const wrong = hosts.find((host) => !/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/u.test(host) || /[A-Z]/u.test(host))
  if (wrong === undefined) return hosts
  const url = wrong.includes('://') ? wrong : `https://${wrong}`
  const meant = URL.canParse(url) ? new URL(url).host : ''
  const hint = meant === '' ? 'Write it as in --drop-host sentry.io' : `Did you mean "${meant}"?`
  throw new UserError(`"${wrong}" is not a host.`, { hint })
}

/** Any short text that can be printed and typed. */
export function checkSeed(seed: string): string {
  if (seed.trim() === '') throw new UserError('The seed is empty.', { hint: 'Any text will do: --seed 1' })
  if (seed.length > 200 || plainText(seed) !== seed || seed.includes('\n'))
    throw new UserError('The seed is not a short text of printable characters.', {
      hint: 'Any such text will do: --seed 1',
    })
  return seed
}

/** A number from 1 on, or `auto`. */
export function checkTimeScale(text: string): number | 'auto' {
  if (text === 'auto') return text
  const number = /^\d{1,6}(?:\.\d{1,3})?$/u.test(text) ? Number(text) : 0
  if (number >= 1) return number
  throw new UserError(`--time-scale ${text} is not a factor.`, {
    hint: 'Give a number from 1 on, by which the gaps of the timeline are divided, or auto.',
  })
}

export function checkSeeds(count: string): number {
  const number = /^\d{1,6}$/u.test(count) ? Number(count) : 0
  if (number >= 1 && number <= limits.seeds) return number
  throw new UserError(`"${count}" is no number of seeds.`, { hint: `Give a whole number from 1 to ${limits.seeds}.` })
}

/** `1` and three seeds are 1, 2, 3; `nightly` and three are nightly, nightly.2, nightly.3. */
export function seedsFrom(first: string, count: number): readonly string[] {
  const number = /^\d{1,15}$/u.test(first) ? Number(first) : undefined
  return Array.from({ length: count }, (_, index) =>
    number === undefined ? `${first}${index === 0 ? '' : `.${index + 1}`}` : String(number + index),
  )
}
