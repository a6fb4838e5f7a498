// The files that reports are written to, apart from their makers: whoever clears the way for them need not load those.

/** About all runs of a command. */
export const reportFiles = ['report.json', 'junit.xml', 'report.sarif', 'summary.md'] as const

/** What a run leaves besides, to be judged again. */
export const historyFile = 'history.ndjson'
