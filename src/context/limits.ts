// Every limit of the harness, in one place. Reaching one is an event of the history and a sentence in the report.

export const limits = {
  /** Exchanges one operation may send before the rest hang. Source: WASABI's missing-cap rule, 90 injections. */
  exchangesPerOperation: 90,
  /** Processes of the client in one run: all of them live in one cell. */
  instances: 1_000,
  /** Times that one load of a scenario may ask, or one activity happen. */
  asksPerLoad: 1_000_000,
  /** Exchanges of one run: about ten times the busiest scenario; and where the load asks for more, so many for each time that
   * it asks. */
  exchangesPerRun: 200_000,
  exchangesPerAsk: 4,
  /** Events of one run, and for each exchange of a run that may have more. */
  eventsPerRun: 2_000_000,
  eventsPerExchange: 10,
  /** Timers that may fire without virtual time passing the next millisecond or an operation settling: a livelock. */
  idleTimerSteps: 100_000,
  /** Real milliseconds to wait for threadpool work (files, crypto, zlib) before saying which resource never ended. */
  threadpoolWallMs: 5_000,
  /** Real milliseconds that the modules of a client may take to load, on a machine that is busy. */
  loadWallMs: 20_000,
  /** Modules of a client that are looked through for what is no JavaScript, one by one. */
  misprintFiles: 20,
  /** Modules of which data is made, and that are watched for changes. */
  dataFiles: 500,
  /** Turns of the event loop that a client may take by `setImmediate` before virtual time goes on regardless. */
  immediateTurns: 100,
  /** Real milliseconds between two signs of life of the clock loop. */
  beatWallMs: 200,
  /** Milliseconds of processor time that a cell may spend in silence before the parent kills it. */
  silentBusyMs: 3_000,
  /** Real milliseconds that a cell may sleep in silence, or be silent where the system does not tell why. */
  silentSleepMs: 5_000,
  /** Cells at once, however many processors there are. */
  cells: 8,
  /** Cells at once in real time, where they mostly wait: five runs. Ten scenarios against a container kept two processors that share a core 40% busy, and timers were 108 ms late at worst. */
  realCells: 10,
  /** Runs after which a cell is replaced, whatever they left in its memory. */
  runsPerCell: 200,
  /** Real milliseconds one run may take before the parent kills the cell. */
  runWallMs: 300_000,
  /** And for each time that the load asks, where that is more: a machine that is busy takes a tenth of it. */
  askWallMs: 6,
  /** Real milliseconds that a replay in real time may take beyond the length of its scenario: loading, settling, closing. */
  realGraceMs: 600_000,
  /** Real milliseconds after the end of the load in which operations may still settle. */
  settleRealMs: 60_000,
  /** Characters of the client's own output that are kept. */
  outputCharacters: 20_000,
  /** Resident memory of the cell, bytes. */
  residentBytes: 1_000_000_000,
  /** `--max-old-space-size` of the cell, megabytes. */
  heapMegabytes: 640,
  /** Real milliseconds in which a driver must say hello: as long as modules may take to load. */
  driverStartMs: 20_000,
  /** Bytes of one line of a driver, and of all that it says besides its answers. */
  driverLineBytes: 10_000_000,
  driverChatterBytes: 20_000_000,
  /** Characters of the log of one driver that are kept, its last; and of how many drivers of a run. */
  driverLogCharacters: 100_000,
  driverLogs: 32,
  /** Real milliseconds that a driver gets to answer `close`, as long as `docker stop`; and then to be gone. */
  driverCloseMs: 10_000,
  driverExitMs: 5_000,
  /** Of memory that a program and what it started may hold at once, and real milliseconds between two looks at it. */
  driverMegabytes: 2_000,
  driverLookMs: 500,
  /** Real milliseconds between the end of a driver's output and that of its process, whichever comes first. */
  driverHangUpMs: 500,
  /** Real milliseconds between two questions for the notes of a driver that is a server. */
  driverNotesMs: 200,
  /** Real milliseconds in which a container engine must answer what takes it no work. */
  engineAnswerMs: 20_000,
  /** Real milliseconds between two questions whether it still does, while a container of ours runs. */
  enginePulseMs: 5_000,
  /** What a container may take whose file does not say: bytes of memory, processors; and processes and threads of any. */
  containerBytes: 512_000_000,
  containerCpus: 1,
  containerProcesses: 512,
  /** Real milliseconds in which the Redis of a run must answer after its start, and any one command of ours. */
  redisStartMs: 10_000,
  redisAnswerMs: 2_000,
  /** Real milliseconds that one check of a driver may take. */
  conformanceMs: 20_000,
  /** Virtual milliseconds `close()` may take. */
  closeMs: 60_000,
  /** Virtual milliseconds `drain()` may take: as long as five `close()`. */
  drainMs: 300_000,
  /** Virtual milliseconds that operations in flight get to end while their process stops in an orderly way. */
  stoppingMs: 30_000,
  /** Virtual milliseconds between two questions to `health()`, and how long an answer may take. */
  healthEveryMs: 60_000,
  healthMs: 10_000,
  /** Virtual milliseconds after the end of the load in which operations may still settle. */
  settleMs: 300_000,
  /** Characters of foreign text (error messages, hosts, reasons) kept in an event. */
  foreignText: 300,
  /** Characters of a foreign text beyond which only its length is told: to read one character may be to copy them all. */
  readCharacters: 1_000_000,
  /** Members of a list, and fields of an object, that are compared with the truth: a page has 150, a workspace some thousands. */
  valueMembers: 10_000,
  /** Faults of one scenario that are left out, one at a time, to see which of them a failure needs. */
  ablations: 8,
  /** Of several runs, one in so many is played twice and compared. */
  repeatEvery: 20,
  /** Seeds of one `--seeds`. */
  seeds: 1_000,
  /** Runs of one campaign, and cases of one generation: those are chosen together, however many cells there are. */
  campaignRuns: 1_000_000,
  generation: 16,
  /** Trials that one failure is made smaller with, and how many of them are played before the best is taken. */
  shrinkTrials: 300,
  shrinkBatch: 4,
  /** Real milliseconds that a campaign may take beyond its time to make smaller what it has found. */
  shrinkGraceMs: 60_000,
  /** Real milliseconds between two smaller forms of a case that are kept before the smallest is known. */
  keepMeanwhileMs: 15_000,
  /** Cases that a campaign keeps to go on from. */
  corpus: 200,
  /** Counterexamples of a folder that are replayed before a campaign. */
  regressions: 1_000,
  /** Runs of a campaign after which a cell is replaced. */
  trialsPerCell: 200,
  /** Causes below an error that are kept, outermost first. */
  causes: 4,
  /** Properties that a client and a scenario may declare together. */
  properties: 200,
  redirects: 20,
  /** Versions of one entity that the Store remembers; the oldest are forgotten first. */
  versionsPerEntity: 256,
  /** Characters of a response body the services will build. */
  bodyCharacters: 4_000_000,
  /** Characters of a scenario file: about ten times the longest shipped one. */
  scenarioCharacters: 100_000,
  /** Characters of a file that says what a workspace holds. */
  workspaceCharacters: 2_000_000,
  /** Characters of a document that a scenario is imported from: about ten times the longest account of an incident. */
  accountCharacters: 200_000,
  /** Characters of one of its lines. */
  accountLineCharacters: 10_000,
  /** The same of a specification of an API: twice the longest that was met. And how many of its parts are looked at, and are written. */
  specificationCharacters: 4_000_000,
  specificationParts: 200_000,
  specificationResources: 60,
  specificationFields: 60,
  /** Milliseconds that an incident may take which is imported: beyond them a date is wrong. */
  importedSpanMs: 31 * 86_400_000,
  /** Faults that are proposed of one document. */
  proposedFaults: 24,
  /** Characters of a baseline: about ten times one of the whole library with two clients. */
  baselineCharacters: 4_000_000,
  /** Bytes of a history beyond which no object is kept for each event, nor a text of the whole; and of a piece of such a text. */
  shortHistoryBytes: 50_000_000,
  pieceBytes: 8_000_000,
  /** Bytes and events of a history that is judged again: what a run may record, and a little more. */
  historyBytes: 300_000_000,
  historyEvents: 2_100_000,
  /** Names of fields whose spelling in the API is remembered. */
  rememberedNames: 10_000,
  /** Levels of nesting in a scenario file; the format needs five. */
  scenarioDepth: 12,
  /** Problems of one scenario file that are told at once. */
  scenarioProblems: 10,
} as const

export type LimitName = keyof typeof limits
