// One command to a Redis, and its answer: all that the harness itself has to say to one.

import type { Socket } from 'node:net'
import { withinReal } from '#clock/real-wait.ts'
import { dial, type Address } from './dial.ts'

/** The text of the answer. Throws when nobody is there, when it is an error, or when it takes longer than `ms`. */
export async function askRedis(address: Address, command: string, ms: number): Promise<string> {
  const socket = dial(address)
  try {
    const answer = await withinReal(ms, () => answerTo(socket, command, address.secret))
    if (answer !== 'overdue') return answer
    throw new Error(`Redis did not answer ${command} within ${ms / 1_000} s`)
  } finally {
    socket.destroy()
  }
}

const allowed = '+OK\r\n'

function answerTo(socket: Socket, command: string, secret: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = ''
    socket.setEncoding('utf8')
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`Redis hung up on ${command}`)))
    socket.on('data', (text: string) => {
      received += text
      const own = secret !== undefined && received.startsWith(allowed) ? received.slice(allowed.length) : received
      const answer = readAnswer(own)
      if (answer instanceof Error) reject(answer)
      else if (answer !== undefined) resolve(answer)
    })
    socket.write(secret === undefined ? `${command}\r\n` : `AUTH ${secret}\r\n${command}\r\n`)
  })
}

/** `undefined` until the whole of it is there. Simple texts, errors and bulk texts are all that is asked for. */
export function readAnswer(received: string): string | Error | undefined {
  const end = received.indexOf('\r\n')
  if (end < 0) return undefined
  const line = received.slice(1, end)
  if (received.startsWith('-')) return new Error(`Redis answered with an error: ${line}`)
  if (!received.startsWith('$')) return line
  const bulk = received.slice(end + 2)
  const length = Number(line)
  return Buffer.byteLength(bulk) < length + 2 ? undefined : bulk.slice(0, -2)
}
