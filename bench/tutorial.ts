// `node bench/tutorial.ts [node ...]`: does what docs/getting-started.md says, as somebody new does it: from the tarball, in a project of their own that
// has `intercom-client` and TypeScript, with each Node that is named by the path of its program. Prints the table of that page; what is compiled, and
// nothing else, is there from the step before. Exit code 1 when a step does not end as the page says.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { exampleIn } from '../test/examples.ts'
import { pack, said } from '../test/installed.ts'
import { commandsIn, partsOf } from '../test/page-parts.ts'

const page = 'docs/getting-started.md'
const usual = ['intercom-client@7.0.3', 'typescript@7.0.2']
const client = 'chaos/client.ts'

type Step = { readonly command: string; readonly seconds: number }

/** The commands of the page, and the one in a sentence that is the gate. */
const commands = [...partsOf(page).flatMap((part) => commandsIn(part) ?? []), 'npm run chaos']
const failing = commands.findIndex((command) => command.includes('contact-deleted-404'))

/** A campaign may find something, or nothing; before it is mended the client fails what most fail. */
function isAsTold(nth: number, code: number): boolean {
  if (commands[nth]?.includes(' fuzz ') === true) return code === 0 || code === 1
  return code === (nth === failing ? 1 : 0)
}

async function stepsWith(node: string, tarball: string): Promise<readonly Step[]> {
  const room = mkdtempSync(join(tmpdir(), 'tutorial-'))
  const shop = mkdtempSync(join(room, 'shop-'))
  const env = {
    PATH: [dirname(node), process.env['PATH']].join(delimiter),
    NODE_COMPILE_CACHE: join(room, 'compiled'),
    CI: 'true',
  }
  writeFileSync(join(shop, 'package.json'), '{ "name": "shop", "private": true, "type": "module" }')
  await said(shop, 'npm', ['install', '--no-audit', '--no-fund', ...usual], env)
  const steps: Step[] = []
  for (const [nth, command] of commands.entries()) {
    if (nth === failing + 1) mend(join(shop, client))
    const typed = command.replace(/\S+\.tgz$/u, tarball).replace(/ init$/u, ' init --yes')
    const [program = '', ...words] = typed.split(' ')
    const startedAt = performance.now()
    const { code, out, err } = await said(shop, program, words, env)
    steps.push({ command, seconds: (performance.now() - startedAt) / 1_000 })
    if (!isAsTold(nth, code)) throw new Error(`With ${node}, ${command} ended with ${code}: ${err}${out}`)
  }
  rmSync(room, { recursive: true })
  return steps
}

function mend(file: string): void {
  const text = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    text.replace('catch (error) {\n', (found) => found + exampleIn(page, 'mended.ts')),
  )
}

async function versionOf(node: string): Promise<string> {
  return (await said(tmpdir(), node, ['--version'])).out.trim().replace(/^v/u, '')
}

const nodes = process.argv.length > 2 ? process.argv.slice(2).map((path) => resolve(path)) : [process.execPath]
const { tarball } = await pack()
const columns: { readonly version: string; readonly steps: readonly Step[] }[] = []
for (const node of nodes) columns.push({ version: await versionOf(node), steps: await stepsWith(node, tarball) })
rmSync(dirname(tarball), { recursive: true })

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const secondsOf = (steps: readonly Step[]): number => steps.reduce((sum, { seconds }) => sum + seconds, 0)
console.log(row(['', ...columns.map(({ version }) => `Node ${version}`)]))
console.log(row(['---', ...columns.map(() => '---')]))
for (const [nth, command] of commands.entries())
  console.log(row([`\`${command}\``, ...columns.map(({ steps }) => `${steps[nth]?.seconds.toFixed(1)} s`)]))
console.log(row(['all', ...columns.map(({ steps }) => `${secondsOf(steps).toFixed(0)} s`)]))
