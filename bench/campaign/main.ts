// `npm run campaigns`: how soon a campaign finds planted bugs, guided and blind, and how small it makes what it finds. For each
// broken client whose oracle judges without being asked to by a scenario. When a bug is found first is much chance; `--all` goes on
// to the end, and counts the cases that show it. Writes reports/campaigns.json.

import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { resolveClient } from '#client/resolve-client.ts'
import { limits } from '#context/limits.ts'
import { createCrew, type Crew } from '#engine/crew.ts'
import { createTrials } from '#engine/trial.ts'
import { campaign } from '#fuzz/campaign.ts'
import { blindGuide, guidedGuide } from '#fuzz/guide.ts'
import { openCampaign } from '#fuzz/open.ts'
import { caseAt, type CasePath } from '#fuzz/path.ts'
import { loadFile } from '#scenario/load.ts'
import { readDeclarations, type Declaration } from '../matrix/declarations.ts'
import { outOfReach } from './reach.ts'
import { conclusion, type Search } from './conclusion.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    only: { type: 'string' },
    scenario: { type: 'string', default: 'ten-minutes' },
    seed: { type: 'string', default: '1' },
    how: { type: 'string', default: 'guided,blind' },
    shrink: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
  },
})
/** `own`: the world and the load in which each bug is known to show, and any trouble but the one of that incident. */
function fileOf({ scenario }: Declaration): string {
  const name = values.scenario === 'own' ? scenario.replace(/:.*$/u, '') : values.scenario
  const [file] = globSync(join(root, `scenarios/*/${name}.yaml`))
  if (file === undefined) throw new Error(`There is no scenario ${name}.`)
  return file
}

async function search(declaration: Declaration, guided: boolean, crew: Crew): Promise<Search> {
  const { client, oracles } = declaration
  const file = fileOf(declaration)
  const [scenario, text] = [loadFile(file, root), readFileSync(file, 'utf8')]
  const signal = new AbortController().signal
  const trials = createTrials({
    crew,
    client: resolveClient(client, root),
    profile: 'default',
    dropHosts: [],
    signal,
  })
  const who = { client, oracle: oracles[0], how: guided ? ('guided' as const) : ('blind' as const) }
  const opened = await openCampaign({ scenario, text, trials, mode: 'any', seed: '1' })
  if (!('ground' in opened))
    return { ...who, found: null, windows: null, judged: 0, failing: 0, others: [], because: opened.kind }
  const part = { index: 0, of: 1 }
  let isFound = false
  let judged = 0
  let failing = 0
  const origin = { mode: 'any' as const, seed: values.seed, ground: opened.ground }
  const drawn = (path: CasePath) => caseAt(path, origin)
  const guide = guided ? guidedGuide(values.seed, part, drawn) : blindGuide(part)
  const result = await campaign({
    player: opened.player,
    guide: {
      next: (count) => guide.next(count),
      learn: (path, outcome, isNew) => {
        const all = outcome.kind === 'tried' ? outcome.trial.verdicts : []
        const verdicts = all.filter(({ oracle }) => oracle === who.oracle)
        if (verdicts.some(({ verdict }) => verdict === 'pass' || verdict === 'fail')) judged += 1
        if (verdicts.some(({ verdict }) => verdict === 'fail')) failing += 1
        guide.learn(path, outcome, isNew)
      },
    },
    quest: {
      by: 'campaigns',
      client,
      shipped: true,
      profile: 'default',
      runSeed: '1',
      seed: values.seed,
      version: '0',
    },
    caseAt: drawn,
    runs: Number(values.runs),
    // Only what the bug was planted for is made smaller.
    goOn: (doing) => (doing === 'looking' && values.all) || (doing === 'shrinking') === isFound,
    shrinks: values.shrink,
    keep: async (name) => {
      if (name.startsWith(`${who.oracle}-`)) isFound = true
      return name
    },
  })
  const own = result.findings.find(({ oracle }) => oracle === who.oracle)
  return {
    ...who,
    found: own?.afterRuns ?? null,
    windows: own && values.shrink ? own.found.windows.length : null,
    judged,
    failing,
    others: result.findings.map(({ oracle }) => oracle).filter((oracle) => oracle !== who.oracle),
    because: result.end?.kind ?? '',
  }
}

const { declarations } = readDeclarations(join(root, 'fixtures/clients/broken'), 'fixtures/clients/broken')
const wanted = values.only?.split(',')
const meant = declarations.filter(({ client }) => wanted?.some((part) => client.includes(part)) ?? true)
const left = meant.flatMap((one) => {
  const why = outOfReach(one, loadFile(fileOf(one), root), root)
  return why === undefined ? [] : [{ client: one.client, why }]
})
const reachable = meant.filter(({ client }) => left.every((one) => one.client !== client))
const searches: Search[] = []
for (const declaration of reachable) {
  for (const how of values.how.split(',')) {
    // One crew for each: cells of another client would only be cold in another way.
    const crew = createCrew(2, limits.trialsPerCell)
    const done = await search(declaration, how === 'guided', crew)
    crew.close()
    searches.push(done)
    console.error(
      `${done.client} ${done.how}: ${done.oracle} ${done.found === null ? 'not found' : `within ${done.found}`}`,
    )
  }
}
mkdirSync(join(root, 'reports'), { recursive: true })
writeFileSync(join(root, 'reports/campaigns.json'), `${JSON.stringify({ format: 1, searches, left }, null, 1)}\n`)
console.log(conclusion(searches, left, Number(values.runs), values.all))
