// Questions to a driver and its answers. Answers come in any order; what comes twice, or to no question, is not believed, and neither is
// anything after it. While a driver starts, its failure is that of the question; later it is an event of its own, and what was asked
// is never answered, as by any process that has died.

import { limits } from '#context/limits.ts'
import { currentOwner, runAs, type Owner } from '#context/owner.ts'
import { isUserError } from '#context/user-error.ts'
import { wrongIn } from './answer.ts'
import type { Ear, HeldState, Link, OpenLink } from './link.ts'
import { DriverLog } from './log.ts'
import { isAnswer, isNote, textualId, type Answer, type Note, type Question } from './message.ts'
import { ProtocolError } from './protocol-error.ts'

type Pending = {
  readonly owner: Owner | undefined
  readonly answered: (answer: Answer) => void
  readonly failed: (why: Error) => void
}

type Begun = {
  /** It failed although nothing is starting or closing. */
  readonly raise: (why: Error) => void
  readonly onNote: (note: Note) => void
  readonly owner: Owner | undefined
}

export class Conversation {
  readonly log = new DriverLog()
  readonly #link: Link
  readonly #pending = new Map<number, Pending>()
  #asked = 0
  #chatter = 0
  #begun: Begun | undefined
  #isLeaving = false
  #leavesWhenIdle = false
  #over: Error | undefined

  constructor(open: OpenLink) {
    const ear: Ear = {
      onMessage: (message) => this.#hear(message),
      onChatter: (text, bytes) => {
        this.log.add(text)
        this.#allow(bytes)
      },
      onEnd: (why) => this.#end(why),
    }
    this.#link = open(ear)
  }

  /** Never settles once the driver has failed in the middle of a run. */
  ask(question: Question, signal?: AbortSignal): Promise<Answer> {
    if (this.#over && (!this.#begun || this.#isLeaving)) return Promise.reject(this.#over)
    this.#asked += 1
    const id = this.#asked
    const owner = currentOwner()
    const answer = new Promise<Answer>((answered, failed) => this.#pending.set(id, { owner, answered, failed }))
    this.#send({ ...question, id })
    if (!signal) return answer
    const cancel = (): void => this.#send({ do: 'cancel', id })
    if (signal.aborted) cancel()
    signal.addEventListener('abort', cancel, { once: true })
    return answer.finally(() => signal.removeEventListener('abort', cancel))
  }

  /** From now on a failure is nobody's answer. */
  begin(begun: Begun): void {
    this.#begun = begun
  }

  /** What outlives it, where that is not a directory of this machine. */
  get store(): Link['store'] {
    return this.#link.store
  }

  /** Why it is over. */
  end(): Error | undefined {
    return this.#over
  }

  /** Bytes of what it said where messages are expected, and that answer nothing. */
  chatter(): number {
    return this.#chatter
  }

  isBusy(): boolean {
    return this.#pending.size > 0
  }

  /** From now on it may end. */
  expectEnd(): void {
    this.#isLeaving = true
  }

  /** Nothing more is asked; what is under way is still heard. */
  leaveWhenIdle(): void {
    this.#leavesWhenIdle = true
  }

  /** Nothing more is asked. A process that is still there some seconds later is overdue. */
  leave(): Promise<'gone' | 'overdue'> {
    return this.#link.leave()
  }

  async hold(state: HeldState, on: boolean): Promise<void> {
    if (!this.#over) await this.#link.hold?.(state, on)
  }

  kill(): void {
    this.#over ??= new Error('it was killed')
    this.#link.kill()
  }

  #send(message: Parameters<Link['send']>[0]): void {
    if (!this.#over) this.#link.send(message)
  }

  #hear(message: unknown): void {
    if (this.#over) return
    if (isAnswer(message)) return this.#settle(message)
    const meant = textualId(message)
    if (meant !== undefined && this.#pending.has(meant))
      return this.#fail(
        new ProtocolError(`it answered question ${meant} with the id "${meant}", which must be a number`),
      )
    const text = JSON.stringify(message)
    this.#allow(text.length)
    if (isNote(message)) this.#note(message)
    else this.log.add(`${text}\n`)
  }

  #settle(answer: Answer): void {
    const { id } = answer
    const pending = this.#pending.get(id)
    const wrong = pending ? wrongIn(answer) : unasked(id, this.#asked)
    if (wrong) return this.#fail(wrong)
    if (Array.isArray(answer.notes)) for (const note of answer.notes) if (isNote(note)) this.#note(note)
    this.#pending.delete(id)
    pending?.answered(answer)
    if (this.#leavesWhenIdle && !this.isBusy()) void this.#link.leave()
  }

  #note(note: Note): void {
    if (note.note === 'log') return this.log.add(`${String(note['text'])}\n`)
    const { owner, onNote } = this.#begun ?? {}
    const whose = this.#pending.get(note.of as number)?.owner ?? owner
    if (!onNote) return
    try {
      if (whose) runAs(whose, () => onNote(note))
      else onNote(note)
    } catch (error) {
      this.#fail(new ProtocolError(`its note "${note.note.slice(0, 40)}": ${(error as Error).message}`))
    }
  }

  /** What it says besides its answers has a bound, so that a flood ends. */
  #allow(bytes: number): void {
    this.#chatter += bytes
    if (this.#chatter > limits.driverChatterBytes)
      this.#fail(new ProtocolError(`it printed more than ${limits.driverChatterBytes} bytes that answer no question`))
  }

  #fail(why: Error): void {
    if (this.#over) return
    this.#link.kill()
    this.#end(why)
  }

  #end(why: Error): void {
    if (this.#over) return
    this.#over = why
    if (this.#begun && !this.#isLeaving) return this.#begun.raise(this.#withLastWords(why))
    for (const { failed } of this.#pending.values()) failed(why)
    this.#pending.clear()
  }

  #withLastWords(why: Error): Error {
    const words = this.log.lastWords()
    if (words !== '' && !isUserError(why)) why.message += `; its log ends: ${words}`
    return why
  }
}

function unasked(id: number, asked: number): ProtocolError {
  const isKnown = Number.isInteger(id) && id >= 1 && id <= asked
  return new ProtocolError(isKnown ? `it answered question ${id} twice` : `it answered ${id}, which was not asked`)
}
