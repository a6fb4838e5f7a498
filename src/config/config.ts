// What `chaos.config.ts` may say, for whoever writes one in TypeScript. Data only: clients import this with `brownout`, and need no
// checker for it. `schema.ts` is the same, checked.

export type Config = {
  /** For editors of JSON. */
  readonly $schema?: string
  /** Other configs, by path from this file or by package; what is said here beats them, and of several the last beats the first. */
  readonly extends?: string | readonly string[]
  /** Clients by names of your own: each a file, or the name of a shipped client. */
  readonly clients?: Readonly<Record<string, string>>
  /** Who is played when nobody is named: one of `clients`, a file, a shipped client, or `all` of `clients`. */
  readonly client?: string
  /** Folders of your scenarios. Default: `scenarios` beside this file, if it is there. */
  readonly scenarios?: string | readonly string[]
  /** What `run` plays when nothing is named: names, files, directories, globs, tags, severities, or `all`. */
  readonly gate?: string | readonly string[]
  /** What all chance of a run is drawn from. */
  readonly seed?: string | number
  /** How many seeds to try, from `seed` on. */
  readonly seeds?: number
  /** How strict the default thresholds are. */
  readonly profile?: 'strict' | 'default' | 'lenient'
  /** Whether what failed is replayed without each of its faults. */
  readonly ablate?: boolean
  readonly transport?: 'virtual' | 'loopback'
  /** On real sockets: by what the gaps of the timeline are divided. */
  readonly timeScale?: number | 'auto'
  /** On real sockets: whether addresses begin with https. */
  readonly https?: boolean
  /** Hosts that clients may call in vain. */
  readonly dropHosts?: readonly string[]
  /** The file of waivers. */
  readonly waivers?: string
  /** A baseline that runs must not be worse than; the word `baseline`: the usual file. */
  readonly against?: string
  /** The part of a figure by which it may be worse, as `10%`. */
  readonly tolerance?: string
  /** What is printed. */
  readonly output?: 'text' | 'json' | 'tap' | 'junit' | 'sarif' | 'markdown'
  readonly quiet?: boolean
  readonly verbose?: boolean
  readonly color?: boolean
  readonly reports?: {
    /** Where reports go. */
    readonly dir?: string
    /** Whether the documents of an incident are drafted beside them. */
    readonly postmortem?: boolean
  }
  /** Settings for some scenarios: by a name, `name:variant`, or a pattern with `*`. Of several that fit, the last decides. */
  readonly overrides?: Readonly<Record<string, Override>>
  /** Of campaigns. */
  readonly fuzz?: {
    readonly mode?: 'around' | 'any' | 'enumerate'
    readonly runs?: number
    /** As `5m`. */
    readonly time?: string
    /** What a campaign is drawn from. Its runs are drawn from the `seed` above. */
    readonly seed?: string | number
    readonly blind?: boolean
    readonly shrink?: boolean
    readonly workers?: number
    /** Where counterexamples are kept, and replayed from. */
    readonly regressions?: string
  }
}

export type Override = {
  readonly client?: string
  readonly seed?: string | number
  readonly profile?: 'strict' | 'default' | 'lenient'
  /** Why, for whoever reads it. */
  readonly because?: string
}

/** Nothing but its types: `export default defineConfig({ ... })`. */
export function defineConfig(config: Config): Config {
  return config
}
