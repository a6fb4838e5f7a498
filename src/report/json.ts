// report.json: the report itself, for other programs.

import { reportOf } from './report.ts'
import type { Reporter } from './reporter.ts'

export const jsonReporter: Reporter = {
  name: 'json',
  file: 'report.json',
  render: (results, options) => `${JSON.stringify(reportOf(results, options), null, 2)}\n`,
}
