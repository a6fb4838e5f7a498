// What a test file imports: scenarios and campaigns as ordinary tests, and a matcher for histories.

import './matchers.ts'

export { fuzzTest } from './fuzz-test.ts'
export type { FuzzTestOptions } from './fuzz-test.ts'
export { readHistoryFile } from './history-file.ts'
export { scenarioTest } from './scenario-test.ts'
export type { Played, ScenarioTestOptions } from './scenario-test.ts'
export type { GivenClient } from './test-case.ts'
