// A driver that is a server: each message is a POST, and the answer is its body. A server cannot speak unasked, so once it has a world
// it is asked for its notes again and again; a server that has none may hold the question open until there are some.

import http from 'node:http'
import { limits } from '#context/limits.ts'
import { withinReal } from '#clock/real-wait.ts'
import type { Ear, Link } from './link.ts'
import { isRecord, type Message } from './message.ts'
import { DriverGone, ProtocolError } from './protocol-error.ts'

const { request, Agent } = http

const tryEveryMs = 50

type Said = { readonly status: number; readonly body: unknown }

/** `startMs`: how long it may take until it listens. */
export function openServer(url: string, ear: Ear, startMs = 0): Link {
  const agent = new Agent({ keepAlive: true })
  let isOver = false
  const end = (why: Error): void => {
    if (isOver) return
    isOver = true
    agent.destroy()
    ear.onEnd(why)
  }
  const sayHello = async (message: Message): Promise<Said> => {
    for (let waitedMs = 0; ; waitedMs += tryEveryMs) {
      try {
        return await post(url, agent, message)
      } catch (error) {
        if (isOver || waitedMs >= startMs || !isNobodyThere(error)) throw error
      }
      await withinReal(tryEveryMs, () => new Promise(() => {}))
    }
  }
  const ask = async (message: Message): Promise<void> => {
    const said = await (message.do === 'hello' ? sayHello(message) : post(url, agent, message))
    if (isOver || message.do === 'cancel') return
    if (said.status !== 200 || !isRecord(said.body))
      return end(new ProtocolError(`it answered "${message.do}" with status ${said.status} and ${kindOf(said.body)}`))
    const id = said.body['id'] ?? message.id
    if (typeof id !== 'number') {
      const shown = JSON.stringify(id).slice(0, 40)
      return end(new ProtocolError(`it answered "${message.do}" with the id ${shown}, which must be a number`))
    }
    ear.onMessage({ ...said.body, id })
    if (message.do === 'create') void listen()
  }
  /** Until it says that it has none to tell, or is gone, which whatever is asked next will find. */
  const listen = async (): Promise<void> => {
    const said = await post(url, agent, { do: 'notes' }).catch(() => undefined)
    if (isOver || !isRecord(said?.body) || !Array.isArray(said.body['notes'])) return
    for (const note of said.body['notes']) ear.onMessage(note)
    await withinReal(limits.driverNotesMs, () => new Promise(() => {}))
    void listen()
  }
  return {
    send: (message) => {
      if (isOver) return
      ask(message).catch((error: unknown) => {
        if (message.do !== 'cancel') end(error instanceof ProtocolError ? error : new DriverGone(whyOf(error)))
      })
    },
    leave: () => Promise.resolve('gone'),
    kill: () => {
      isOver = true
      agent.destroy()
    },
  }
}

function post(url: string, agent: http.Agent, message: object): Promise<Said> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = []
      let length = 0
      response.on('data', (part: Buffer) => {
        length += part.length
        if (length > limits.driverLineBytes) {
          sent.destroy()
          reject(new ProtocolError(`its answer has more than ${limits.driverLineBytes} bytes`))
        } else parts.push(part)
      })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: parsed(Buffer.concat(parts)) }))
    })
    sent.on('error', reject)
    sent.end(JSON.stringify(message))
  })
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').trim())
  } catch {
    return undefined
  }
}

function isNobodyThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'
}

function kindOf(body: unknown): string {
  return isRecord(body) ? 'an object' : 'a body that is no JSON object'
}

function whyOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return `the server of the driver cannot be reached (${code || String(error)})`
}
