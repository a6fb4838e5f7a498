// The form of a config, whatever its file is written in. Each setting is one that the command line has.

import { z } from 'zod'
import { parseDuration } from '#clock/instant.ts'
import { plainText } from '#context/foreign-text.ts'
import { limits } from '#context/limits.ts'
import { toJson } from '#scenario/json-schema.ts'
import { section, sentence, text, wholeNumber, word } from '#scenario/terms.ts'

const yesOrNo = z.boolean({ error: 'must be true or false' })
const profile = z
  .enum(['strict', 'default', 'lenient'])
  .describe('How strict the default thresholds are. Default: default.')
const words = z.union([word, z.array(word)])
const clientName = text(
  /^[a-z][A-Za-z0-9-]{0,59}$/u,
  'must be a word of letters, digits and dashes that starts with a small letter',
)
const seedMessage = 'must be a short text of printable characters, or a number'
const seed = z.union([
  z.number({ error: seedMessage }).int(seedMessage),
  z
    .string({ error: seedMessage })
    .max(200, seedMessage)
    .refine((written) => written.trim() !== '' && plainText(written) === written && !written.includes('\n'), {
      error: seedMessage,
    }),
])
const host = text(/^(?:[a-z\d_.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/u, 'must be a host such as sentry.io')
const durationMessage = 'must be a duration such as 5m'
const duration = text(/^\d/u, durationMessage).refine((written) => (parseDuration(written) ?? 0) > 0, durationMessage)
// Who writes what starts a client where its name goes is told where that goes.
const clientMessage =
  'must be the name of a client or its file (`command`, `image` and the like stand in one: ./desk.client.yaml)'
const clientFile = text(/^(?:[^\p{Cc}]|[\n\t]){1,4000}$/u, clientMessage)
const client = clientFile.describe('One of `clients`, a file, a shipped client, or `all` of `clients`.')

const override = section({
  client: client.optional(),
  seed: seed.optional().describe('What all chance of these runs is drawn from.'),
  profile: profile.optional(),
  because: sentence.optional().describe('Why, for whoever reads it.'),
})

const reports = section({
  dir: word.optional().describe('Where reports go. Default: reports.'),
  postmortem: yesOrNo.optional().describe('Whether the documents of an incident are drafted beside them.'),
})

const fuzz = section({
  mode: z
    .enum(['around', 'any', 'enumerate'])
    .optional()
    .describe('Change the incident a little, draw from the whole catalogue, or place each fault at each request.'),
  runs: wholeNumber(1, limits.campaignRuns).optional().describe('How many cases to play. Default: 500.'),
  time: duration.optional().describe('Stop after this long, as 5m.'),
  seed: seed.optional().describe('What a campaign is drawn from. Default: 1.'),
  blind: yesOrNo.optional().describe('Play new cases as they come, whatever earlier ones tried or showed.'),
  shrink: yesOrNo.optional().describe('Whether what fails is made smaller. Default: true.'),
  workers: wholeNumber(1, limits.cells).optional().describe('Processes at once. Default: one for each processor.'),
  regressions: word.optional().describe('Where counterexamples are kept. Default: fixtures/regressions.'),
})

export const configSchema = section({
  $schema: word.optional().describe('For editors.'),
  extends: words
    .optional()
    .describe(
      'Other configs, by path from this file or by package. What is said here beats them; the last beats the first.',
    ),
  clients: z
    .record(clientName, clientFile)
    .optional()
    .describe('Clients by names of your own: each a file, or the name of a shipped client.'),
  client: client
    .optional()
    .describe('Who is played when nobody is named: one of `clients`, a file, a shipped client, or `all` of `clients`.'),
  scenarios: words
    .optional()
    .describe('Folders of your scenarios. Default: `scenarios` beside this file, if it is there.'),
  gate: words
    .optional()
    .describe('What `run` plays when nothing is named: names, files, directories, globs, tags, severities, or `all`.'),
  seed: seed.optional().describe('What all chance of a run is drawn from. Default: 1.'),
  seeds: wholeNumber(1, limits.seeds).optional().describe('How many seeds to try, from `seed` on. Default: 1.'),
  profile: profile.optional(),
  ablate: yesOrNo
    .optional()
    .describe('Whether what failed is replayed without each of its faults. Default: when it is one run.'),
  transport: z
    .enum(['virtual', 'loopback'])
    .optional()
    .describe('In process and in virtual time, or on real sockets and in real time. Default: as the client needs it.'),
  timeScale: z
    .union([z.literal('auto'), z.number().min(1).max(999_999)], { error: 'must be a number from 1 on, or auto' })
    .optional()
    .describe('On real sockets: by what the gaps of the timeline are divided. Default: auto.'),
  https: yesOrNo.optional().describe('On real sockets: whether addresses begin with https. Default: false.'),
  dropHosts: z.array(host).optional().describe('Hosts that clients may call in vain.'),
  waivers: word.optional().describe('The file of waivers. Default: chaos.waivers.yaml, if there is one.'),
  against: word
    .optional()
    .describe('A baseline that runs must not be worse than; the word `baseline`: the usual file. Default: none.'),
  tolerance: text(/^\d{1,3}%$/u, 'must be a percentage such as 10%')
    .optional()
    .describe('The part of a figure by which it may be worse than in the baseline. Default: 10%.'),
  output: z
    .enum(['text', 'json', 'tap', 'junit', 'sarif', 'markdown'])
    .optional()
    .describe('What is printed. Default: text.'),
  quiet: yesOrNo.optional().describe('Whether one line is printed for each run. Default: false.'),
  verbose: yesOrNo.optional().describe('Whether everything is printed that there is to say. Default: false.'),
  color: yesOrNo.optional().describe('Whether what is printed may have colours. Default: true, on a terminal.'),
  reports: reports.optional().describe('Where they go, and what is beside them.'),
  overrides: z
    .record(text(/^[^\s\p{Cc}]{1,200}$/u, 'must be a word'), override)
    .optional()
    .describe(
      'Settings for some scenarios: by a name, `name:variant`, or a pattern with `*`. Of several that fit, the last decides.',
    ),
  fuzz: fuzz.optional().describe('Of campaigns.'),
}).describe('What the command line takes for granted in this project.')

export type Written = z.infer<typeof configSchema>

/** The file as it is checked in. */
export function configSchemaText(): string {
  const { $schema, ...rest } = toJson(configSchema)
  return `${JSON.stringify({ $schema, title: 'Brownout config', ...rest }, null, 2)}\n`
}
