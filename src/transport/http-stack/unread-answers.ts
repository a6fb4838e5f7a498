// Answers of `node:http` that nobody has touched: in a real process each of them keeps its connection.

import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

import type { Life } from '#context/owner.ts'

type Published = { readonly request: object; readonly response: IncomingMessage }

export class UnreadAnswers {
  readonly #answers = new Map<IncomingMessage, Life | undefined>()
  readonly #lifeOf: (request: object) => Life | undefined

  constructor(lifeOf: (request: object) => Life | undefined) {
    this.#lifeOf = lifeOf
    subscribe('http.client.response.finish', this.#arrived)
  }

  count(): number {
    return [...this.#answers.keys()].filter(isUntouched).length
  }

  drop(life: Life): void {
    for (const [answer, whose] of this.#answers) if (whose === life) this.#answers.delete(answer)
  }

  close(): void {
    unsubscribe('http.client.response.finish', this.#arrived)
  }

  /** Its head is there. Published before the client is told. */
  readonly #arrived = (message: unknown): void => {
    const { request, response } = message as Published
    this.#answers.set(response, this.#lifeOf(request))
    response.once('close', () => this.#answers.delete(response))
  }
}

function isUntouched(answer: IncomingMessage): boolean {
  const { destroyed, readableEnded, readableDidRead, readableFlowing } = answer
  if (destroyed || readableEnded || readableDidRead || readableFlowing !== null) return false
  return answer.listenerCount('readable') === 0
}
