// `init`: from a project to its first verdict. It writes a client, a scenario, a config, a workflow and a script, and nothing over what
// somebody has changed, unless they say so.

import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '#context/user-error.ts'
import { unwritable, writeWhole } from '#context/whole-file.ts'
import { kindOf } from '#scenario/files.ts'
import { exitCodes, type ExitCode } from '../exit-code.ts'
import { startFrom } from '../reproduce.ts'
import { complain, print } from '../terminal.ts'
import { gitlabPart, plannedFiles, type Ci, type Planned, type Wanted } from './files.ts'
import { learnProject, type Project } from './project.ts'
import { askOnTerminal, type Ask } from './questions.ts'

export type InitFlags = {
  readonly yes: boolean
  readonly force: boolean
  readonly dryRun: boolean
  readonly ci?: Ci
}

const writing = { what: 'this', hint: 'What was written before it stays; run init again when it can be.' }

/** `given`: who answers. Default: whoever sits at the terminal, unless the flags answer everything. */
export async function initCommand(flags: InitFlags, cwd: string = process.cwd(), given?: Ask): Promise<ExitCode> {
  const project = learnProject(cwd)
  const asker = given ?? askerFor(flags)
  const usual = { isTypeScript: project.isTypeScript, ci: flags.ci ?? usualCi(cwd) }
  const wanted = asker ? await askWhat(asker, usual, flags) : usual
  if (!wanted) return stopped()
  const files = plannedFiles(project, wanted, cwd)
  const overwritten = flags.force ? files.filter(differs) : asker ? await askWhich(asker, files) : []
  if (!overwritten) return stopped()
  for (const file of files) {
    const isWritten = file.state === 'new' || overwritten.includes(file)
    if (isWritten && !flags.dryRun) write(cwd, file)
    print(lineOf(file, isWritten, flags.dryRun))
  }
  if (!files.some(({ path }) => path.startsWith('chaos.config.'))) print('kept         the config that is there')
  if (files.some(({ path }) => path === gitlabPart))
    print(`Include it in .gitlab-ci.yml:\n\n  include:\n    - local: ${gitlabPart}`)
  print(`\n${next(project, flags, cwd)}`)
  return exitCodes.pass
}

function askerFor({ yes, dryRun }: InitFlags): Ask | null {
  if (yes || dryRun) return null
  if (process.stdin.isTTY) return askOnTerminal
  throw new UserError('init asks what to write, and here is no terminal to ask.', {
    hint: 'Give --yes for what is usual, or --dry-run to see what that is.',
  })
}

/** `undefined` when somebody would rather not. */
async function askWhat(ask: Ask, usual: Wanted, { ci }: InitFlags): Promise<Wanted | undefined> {
  const isTypeScript = await ask('Write the client and the config in TypeScript?', usual.isTypeScript)
  if (isTypeScript === undefined) return undefined
  if (ci !== undefined) return { isTypeScript, ci }
  const what = usual.ci === 'gitlab' ? 'jobs for GitLab' : 'a workflow for GitHub Actions'
  const hasCi = await ask(`Write ${what}?`, true)
  return hasCi === undefined ? undefined : { isTypeScript, ci: hasCi ? usual.ci : 'none' }
}

/** What has jobs for one system has no use for those of another. */
function usualCi(cwd: string): Ci {
  const isGitlab = kindOf(join(cwd, '.gitlab-ci.yml')) === 'file' && kindOf(join(cwd, '.github')) === 'nothing'
  return isGitlab ? 'gitlab' : 'github'
}

async function askWhich(ask: Ask, files: readonly Planned[]): Promise<readonly Planned[] | undefined> {
  const chosen: Planned[] = []
  for (const file of files.filter(differs)) {
    const what = file.path === 'package.json' ? 'The script "chaos" in package.json' : file.path
    const answer = await ask(`${what} is not what would be written. Overwrite it?`, false)
    if (answer === undefined) return undefined
    if (answer) chosen.push(file)
  }
  return chosen
}

function differs({ state }: Planned): boolean {
  return state === 'differs'
}

function stopped(): ExitCode {
  complain('Nothing was written.')
  return exitCodes.interrupted
}

function write(cwd: string, { path, text }: Planned): void {
  const file = join(cwd, path)
  try {
    mkdirSync(dirname(file), { recursive: true })
  } catch (error) {
    throw unwritable(path, error, writing)
  }
  // A link stays one: what it leads to is written.
  writeWhole(existsSync(file) ? realpathSync(file) : file, text, writing)
}

function lineOf({ path, state }: Planned, isWritten: boolean, isDry: boolean): string {
  const parts: Readonly<Record<string, string>> = {
    'package.json': ', the script "chaos"',
    '.gitignore': ', a line for reports',
  }
  const what = `${path}${parts[path] ?? ''}`
  if (state === 'same') return `unchanged    ${what}`
  if (!isWritten) return `kept         ${what}, which is not what would be written (--force overwrites it)`
  return `${isDry ? 'would write' : 'wrote      '}  ${what}`
}

function next({ hasBrownout, manager }: Project, { dryRun }: InitFlags, cwd: string): string {
  const { here } = startFrom(cwd)
  if (dryRun) return `Nothing was written. Next: ${here} init`
  if (hasBrownout) return `Next: ${manager.run}`
  return [
    `Next: ${here.startsWith('npm ') ? here.replace(/ --$/u, '') : here}`,
    `For \`${manager.run}\` and the jobs of CI, Brownout must be among the dependencies of this project: the README says how.`,
  ].join('\n')
}
