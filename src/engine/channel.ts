// The line between a parent and its cell: one JSON message a line over a pipe of our own. Not Node's IPC, whose parser
// takes the parent down when a client writes into the descriptor.

import type { Duplex } from 'node:stream'

/** The pipe's descriptor in the cell. */
export const channelDescriptor = 3

/** Taken before any code of a client runs. */
const { parse, stringify } = JSON
/** Longer lines are not messages of ours. */
const longestLine = 10_000_000

export function writeMessage(channel: Duplex, message: object): Promise<void> {
  return new Promise((resolve) => channel.write(`${stringify(message)}\n`, () => resolve()))
}

/** Calls `onMessage` for each line that is JSON; anything else is nobody's word. */
export function readMessages(channel: Duplex, onMessage: (message: unknown) => void): void {
  let rest = ''
  channel.setEncoding('utf8')
  channel.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) rest = ''
    for (const line of lines) {
      const message = parsed(line)
      if (message !== undefined) onMessage(message)
    }
  })
  channel.on('error', () => {})
}

function parsed(line: string): unknown {
  try {
    return parse(line)
  } catch {
    return undefined
  }
}
