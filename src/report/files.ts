// The files that reports are written to, apart from their makers: whoever clears the way for them need not load those.

/** About all runs of a command. */
export const reportFiles = ['report.json', 'junit.xml', 'report.sarif', 'summary.md'] as const

/** Pages for people: of one run, and of all runs of a command. */
export const runPageFile = 'report.html'
export const indexPageFile = 'index.html'

/** What programs of the client printed. */
export const clientLogFile = 'client.log'

/** Of several histories each page has a number, because they may well be of one scenario. */
export function numberedPage(number: number): string {
  return `report-${number}.html`
}

export function isNumberedPage(name: string): boolean {
  return /^report-\d+\.html$/u.test(name)
}

/** What a run leaves besides, to be judged again. */
export const historyFile = 'history.ndjson'
