// Questions on a terminal that are answered with yes or no.

import { createInterface } from 'node:readline/promises'

/** `undefined` when whoever is asked has gone: Ctrl-C, or the end of what is typed. An empty answer is `usual`. */
export type Ask = (question: string, usual: boolean) => Promise<boolean | undefined>

type Streams = { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream }

export async function askOn(
  { input, output }: Streams,
  question: string,
  usual: boolean,
): Promise<boolean | undefined> {
  const terminal = createInterface({ input, output })
  const gone = new Promise<undefined>((resolve) => {
    terminal.on('close', () => resolve(undefined))
    terminal.on('SIGINT', () => resolve(undefined))
  })
  try {
    for (;;) {
      const answer = await Promise.race([terminal.question(`${question} [${usual ? 'Y/n' : 'y/N'}] `), gone])
      if (answer === undefined) return undefined
      const [letter = ''] = answer.trim().toLowerCase()
      if (letter === '') return usual
      if ('yn'.includes(letter)) return letter === 'y'
    }
  } finally {
    terminal.close()
  }
}

export const askOnTerminal: Ask = (question, usual) =>
  askOn({ input: process.stdin, output: process.stderr }, question, usual)
