// Which files `init` is about, and how each stands to what is there.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '#context/user-error.ts'
import { kindOf } from '#scenario/files.ts'
import { findConfig } from '#config/find-config.ts'
import { fetchClient, oldSdkClient, sdkClient } from './client-text.ts'
import type { Project } from './project.ts'
import { githubText, gitlabText } from './ci-texts.ts'
import { script, withScript } from './manifest.ts'
import { configText, firstScenario } from './texts.ts'

export type Ci = 'github' | 'gitlab' | 'none'
export type Wanted = { readonly isTypeScript: boolean; readonly ci: Ci }

export type Planned = {
  /** From the working directory. */
  readonly path: string
  readonly text: string
  /** `new`: nothing of somebody else's is lost by writing it. */
  readonly state: 'new' | 'same' | 'differs'
}

export function plannedFiles(project: Project, { isTypeScript, ci }: Wanted, cwd: string): readonly Planned[] {
  // Without "type": "module" a .js file would be read as CommonJS.
  const ending = isTypeScript ? 'ts' : project.manifest.type === 'module' ? 'js' : 'mjs'
  const client = `chaos/client.${ending}`
  const makeClient = clientFor(project)
  return [
    ...configFile(client, ending, project, cwd),
    planned(client, makeClient({ isTypeScript }), cwd),
    planned('scenarios/first-incident.yaml', firstScenario(project.manager.exec), cwd),
    ...(ci === 'github' ? [planned('.github/workflows/chaos.yml', githubText(project.manager), cwd)] : []),
    ...(ci === 'gitlab' ? [gitlabFile(project, cwd)] : []),
    ignoreFile(cwd),
    manifestFile(project),
  ]
}

/** The SDK has had other names since 6. Before 3 it knew no contacts: `fetch` stands in, and in a project without the SDK. */
function clientFor({ sdk }: Project): typeof sdkClient {
  const major = Number.parseInt(sdk ?? '', 10)
  if (major >= 6) return sdkClient
  return major >= 3 ? oldSdkClient : fetchClient
}

function planned(path: string, text: string, cwd: string): Planned {
  const file = join(cwd, path)
  const folder = dirname(file)
  const kind = kindOf(file)
  if (kind === 'directory' || (existsSync(folder) && kindOf(folder) !== 'directory'))
    throw new UserError(
      `Cannot write "${path}": ${kind === 'directory' ? 'it' : `"${dirname(path)}"`} is a ${kind === 'directory' ? 'directory' : 'file'}.`,
      {
        hint: 'Move it away, then run init again. Nothing was written.',
      },
    )
  if (kind === 'nothing') return { path, text, state: 'new' }
  return { path, text, state: readFileSync(file, 'utf8') === text ? 'same' : 'differs' }
}

/** A config of another kind is one all the same, and two would be a mistake. */
function configFile(client: string, ending: string, { manager }: Project, cwd: string): readonly Planned[] {
  const path = `chaos.config.${ending}`
  const found = findConfig(cwd)
  const isElsewhere = found !== null && found !== join(cwd, path)
  return isElsewhere ? [] : [planned(path, configText(client, manager), cwd)]
}

function manifestFile({ text, manifest }: Project): Planned {
  const now = manifest.scripts?.['chaos']
  const state = now === undefined ? 'new' : now === script ? 'same' : 'differs'
  return { path: 'package.json', text: withScript(text, manifest), state }
}

/** The jobs of somebody else are theirs: ours go beside them, to be included. */
function gitlabFile({ manager }: Project, cwd: string): Planned {
  const own = planned('.gitlab-ci.yml', gitlabText(manager), cwd)
  const isOurs = own.state !== 'differs' || /^chaos:/mu.test(readFileSync(join(cwd, own.path), 'utf8'))
  return isOurs ? own : planned(gitlabPart, gitlabText(manager), cwd)
}

export const gitlabPart = '.gitlab/chaos.gitlab-ci.yml'

/** Reports are written anew by every run. Nothing that is there is lost by one more line. */
function ignoreFile(cwd: string): Planned {
  const path = '.gitignore'
  const { text, state } = planned(path, '', cwd)
  const before = state === 'new' ? text : readFileSync(join(cwd, path), 'utf8')
  const isIgnored = /^\/?reports(?:\/?|\/\*{1,2})[ \t]*$/mu.test(before)
  const end = before === '' || before.endsWith('\n') ? '' : '\n'
  const line = before.includes('\r\n') ? '/reports/\r\n' : '/reports/\n'
  return isIgnored ? { path, text: before, state: 'same' } : { path, text: `${before}${end}${line}`, state: 'new' }
}
