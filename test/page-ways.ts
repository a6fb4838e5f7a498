// How each command and each snippet of our pages is executed. Examples that have a mark are not here: the test that plays one names its page and
// its name. `npx brownout` and `npm run chaos --` are left out of commands.

/** Played by test/page-commands.test.ts, in a project that has what the page speaks of. */
export type Play = {
  readonly code: number | readonly number[]
  /** What takes long is played with shorter input: what is written, and what stands there instead. */
  readonly short?: readonly [string, string]
  readonly says?: RegExp
  /** It goes on until it is ended, as with Ctrl-C, once it has said this. */
  readonly until?: RegExp
  /** What the page says in words: the same for other parts. */
  readonly also?: readonly (readonly [string, string])[]
  /** Folders that the commands before have left, and that are others here. */
  readonly without?: readonly string[]
  readonly needs?: readonly ('redis' | 'engine' | 'python')[]
}

/** `by`: the test file in which it stands and is played. `not`: why it is not executed. */
export type Way = Play | { readonly by: string } | { readonly not: string }

const few = 'contact-deleted-404 stale-replica-reads'
const library = ['all', few] as const
const readme = { by: 'test/readme.test.ts' }
const newcomers = { by: 'test/init.test.ts' }
const checks = { not: 'It checks the checkout itself: it is what .ci/run runs, this test within it.' }
const bench = { not: 'It measures for minutes, on a machine that does nothing else. test/speed.test.ts tests how.' }
const cluster = { not: 'There is no cluster. test/kubernetes.test.ts plays the lines of the manifests as processes.' }
const image = {
  not: 'It builds an image with a registry. test/harness-image.test.ts builds it without, and plays and merges in it.',
}
const campaign = { code: [0, 1], short: ['--runs 500', '--runs 2 --no-shrink'] } as const
const real = { code: 0, says: /of real time/u } as const

export const commandWays: Readonly<Record<string, Readonly<Record<string, Way>>>> = {
  'CONTRIBUTING.md': {
    'npm ci': checks,
    'au-regional-timeout': readme,
    'npx vitest run src/oracle': checks,
    'npm run check': checks,
    'npm test': checks,
  },
  'README.md': {
    'npm ci': checks,
    'au-regional-timeout': readme,
    'au-regional-timeout --client sdk': readme,
    'au-regional-timeout --client runbook': readme,
    'au-regional-timeout --client ./my-client.ts': { code: 0 },
    all: { code: 0, short: library },
    P1: { code: 0, short: ['P1', 'P4'] },
    'import text postmortem.txt --date 2026-04-27 --out scenarios/our-outage.yaml': { code: 0 },
    'serve au-regional-timeout --from declared': { code: [0, 130], until: /http:\/\/127\.0\.0\.1:\d+/u },
    'fuzz ten-minutes --any --client sdk --runs 200': readme,
    'fuzz au-regional-timeout --client ./my-client.ts --runs 500': readme,
    'replay fixtures/regressions/<what it found>': readme,
    list: readme,
    'explain au-regional-timeout': readme,
    validate: readme,
    'all --quiet': { code: 0, short: library },
    'serve <scenario>': { code: [0, 130], short: ['<scenario>', 'ten-minutes'], until: /http:\/\/127\.0\.0\.1:\d+/u },
    'au-regional-timeout --seed 7 --profile strict --report-dir /tmp/reports': {
      code: 0,
      short: ['/tmp/reports', 'elsewhere'],
    },
    'au-regional-timeout --seeds 5': { code: 0, short: ['5', '2'], says: /2 seeds|2 of 2/u },
    'fuzz ten-minutes --any --time 5m': { code: [0, 1], short: ['5m', '5m --runs 2 --no-shrink'] },
    'judge reports/history.ndjson': { code: 0 },
    'baseline save': readme,
    'au-regional-timeout --against baseline': readme,
    'au-regional-timeout --postmortem': { code: 0 },
    'npm run matrix': {
      not: 'It plays a hundred clients for minutes. test/matrix.test.ts tests how, and what it has recorded.',
    },
    'npm test': checks,
    'npm run check': checks,
    'npm run bench': bench,
  },
  'docs/PERFORMANCE.md': {
    'npm run bench': bench,
    'npm run bench -- a d': bench,
    'npm run bench -- --json figures.json': bench,
    'npm run bench -- --against-baseline': bench,
    'npm run bench -- --save-baseline': bench,
  },
  'docs/adding-a-service.md': {
    'validate ./parcels-down.yaml': { code: 0 },
    'explain ./parcels-down.yaml': { code: 0, says: /parcels/u },
    'run ./parcels-down.yaml --client ./parcels.client.ts': { code: 0 },
  },
  'docs/configuration.md': {
    '': { code: 0, says: /my-hang · client src\/desk\.ts · seed 7/u },
    'busy-day --client all': { code: [0, 1], says: /resilient/u },
    'my-hang --print-config': { code: 0, says: /chaos\.config\.ts:\d+/u },
  },
  'docs/containers.md': {
    'driver check ./desk.client.yaml': { code: 0, needs: ['engine'] },
    'ten-minutes --client ./desk.client.yaml': { ...real, needs: ['engine'] },
  },
  'docs/drivers.md': {
    'driver check ./desk.client.yaml': { code: 0, needs: ['redis', 'python'] },
    'ten-minutes --client ./desk.client.yaml': { ...real, needs: ['redis', 'python'] },
  },
  'docs/fuzzing.md': { 'fuzz au-regional-timeout --client ./my-client.ts --runs 500': campaign },
  'docs/getting-started.md': {
    'npm install --save-dev ../brownout/brownout-0.1.0.tgz': {
      not: 'It asks a registry for what the package needs. test/package.test.ts installs the tarball with what is here.',
    },
    init: newcomers,
    'first-incident': newcomers,
    'contact-deleted-404': newcomers,
    'fuzz ten-minutes --runs 20 --no-shrink': newcomers,
  },
  'docs/importing.md': {
    'import text postmortem.txt --date 2026-04-27 --out scenarios/our-outage.yaml': { code: 0 },
    'import statuspage incident.json': { code: 0, says: /^scenario: /mu },
    'import incident-io incident.json': { code: 0, says: /^scenario: /mu },
    'import openapi api.yaml --out scenarios': { code: 0 },
  },
  'docs/judging.md': {
    'judge reports/history.ndjson': { code: 0 },
    'judge reports --profile strict': { code: 0, says: /profile strict/u },
    'judge reports --set amplification.factor=1.5x --set recovers.within=2m': { code: [0, 1] },
    'judge reports --report-dir judged': { code: 0 },
  },
  'docs/real-time.md': { 'ten-minutes --client sound/brisk --transport loopback': real },
  'docs/redis.md': { 'cold-cache-loop-redis --client redis/brisk': { ...real, needs: ['redis'] } },
  'docs/reports.md': {
    'all --client ./src/intercom.ts --quiet': { code: [0, 1], short: library },
    'au-regional-timeout': { code: 0, without: ['reports'] },
    'baseline save': { code: 0, says: /saved one run/u },
    'au-regional-timeout --against baseline': { code: 0, says: /nothing differs/u },
    'au-regional-timeout --postmortem': { code: 0 },
    'judge reports/history.ndjson --postmortem --report-dir drafts': { code: 0 },
  },
  'docs/several-machines.md': {
    'all --client ./desk.ts --report-dir part-1 --shard 1/3': { code: [0, 1], short: library },
    'all --client ./desk.ts --report-dir part-2 --shard 2/3': { code: [0, 1], short: library },
    'all --client ./desk.ts --report-dir part-3 --shard 3/3': { code: [0, 1], short: library },
    'merge part-1 part-2 part-3 --report-dir reports': { code: [0, 1] },
    'fuzz ten-minutes --any --client ./desk.ts --seed 1 --runs 500 --shard 1/4 --report-dir part-1 --regressions part-1/found':
      {
        code: [0, 1],
        short: ['--runs 500', '--runs 4 --no-shrink'],
        also: [2, 3, 4].map((part) => [
          `1/4 --report-dir part-1 --regressions part-1`,
          `${part}/4 --report-dir part-${part} --regressions part-${part}`,
        ]),
        without: ['part-1', 'part-2', 'part-3', 'reports'],
      },
    'merge part-1 part-2 part-3 part-4 --report-dir reports --regressions fixtures/regressions': { code: [0, 1] },
    'docker build -t brownout .': image,
    'docker run --rm --init --user "$(id -u)" -v "$PWD:/work" brownout all --client ./desk.ts': image,
    'kubectl apply -f docs/kubernetes/volume.yaml -f docs/kubernetes/library.yaml': cluster,
    "until kubectl get job brownout-library -o 'jsonpath={.status.conditions[*].type}' | grep -qE 'Complete|Failed'; do sleep 5; done":
      cluster,
    'kubectl apply -f docs/kubernetes/merge.yaml': cluster,
    'kubectl logs job/brownout-merge': cluster,
  },
  'docs/vitest.md': {
    'npx vitest run': { not: 'test/vitest.test.ts starts the runner by its file, in the project of the page.' },
  },
  'docs/writing-a-scenario.md': {
    'validate checkout-outage': { code: 0 },
    'explain checkout-outage': { code: 0, says: /checkout/u },
    'run checkout-outage --client ./desk.ts': { code: 0 },
  },
}

const snippets = { by: 'test/page-snippets.test.ts' }
const drawing = { not: 'It is a drawing.' }

/** Other parts of pages, by their first line. */
export const snippetWays: Readonly<Record<string, Readonly<Record<string, Exclude<Way, Play>>>>> = {
  'docs/ARCHITECTURE.md': {
    'scenario.yaml --> engine --> cell (child process) --> history.ndjson --> oracles --> verdicts --> reports, exit code':
      drawing,
  },
  'docs/adding-a-fault.md': {
    '// Slow start: each exchange waits for a fixed warm-up before it is served.': snippets,
  },
  'docs/clients.md': { 'declares: {': snippets, 'webhook: (request, call) => {': snippets },
  'docs/containers.md': { '# desk.client.yaml': { by: 'test/page-commands.test.ts' } },
  'docs/drivers.md': {
    '# desk.client.yaml, beside your code': { by: 'test/page-commands.test.ts' },
    '> {"id":1,"do":"hello","protocol":1}': snippets,
    '< {"note":"acted","notification":"notif_1"}': snippets,
    'driver: http://127.0.0.1:9000/driver': snippets,
  },
  'docs/getting-started.md': { '✗ FAIL  honest-degradation ...': newcomers },
  'docs/properties.md': {
    "import { always, reachable, sometimes } from 'brownout'": snippets,
    'properties:': snippets,
  },
  'docs/redis.md': { 'export const client = defineClient({': snippets },
  'docs/several-machines.md': {
    'jobs:': { by: 'test/kubernetes.test.ts' },
    'FROM brownout': { not: 'It is of an image that is built with a registry; both of its lines are copied to.' },
  },
  'docs/vitest.md': { "scenarioTest('slow-bodies', './desk.ts')": { by: 'test/vitest-config.test.ts' } },
  'docs/waivers.md': { '- oracle: amplification': snippets },
  'docs/writing-a-scenario.md': {
    '{ "yaml.schemas": { "./node_modules/brownout/schemas/v1/scenario.schema.json": ["scenarios/**/*.yaml"] } }':
      snippets,
  },
  'fixtures/workspaces/README.md': { 'world:': snippets },
}
