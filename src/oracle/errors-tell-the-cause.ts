// An error tells what happened.
//
// Verified: an operation that fails does not surface a secondary error of the client's own making (a field read of `undefined`,
// a body read twice, an error page parsed as JSON); and when the API's answer ended it, the error, its message or one of its
// causes names the status, or says in words what that status means.
// Not counted: the `TypeError: fetch failed` and `terminated` of Node's own fetch; a JSON error after an answer that claimed
// success (that is what happened); the answer to a look at what became of a write, when the error tells what ended the write;
// errors that came later than the answer (the client's deadline, a breaker that opened, a
// queue that was full); operations that were cancelled or may have shared somebody's exchange.
// Not verified: whether the words are kind, and the codes of network errors.

import type { Threshold } from '#history/header.ts'
import type { History } from '#history/history.ts'
import { operations, type Exchange, type Operation } from '#history/query.ts'
import { isSafe, statusOf } from './classify.ts'
import { defineOracle, type Param } from './oracle.ts'
import { createTally, thresholdsOf, type Tally } from './tally.ts'
import { answerBehind, cameWith, failuresOf, textsOf, wordsForError, type Failure } from './surfaced.ts'
import { endOfExchange, howMany, lineOf, nameOf, requestOf, seqsOf, timeOf } from './words.ts'

const name = 'errors-tell-the-cause'

const params = {
  secondary: {
    unit: 'count',
    domain: 'client',
    defaults: { strict: 0, default: 0, lenient: 0 },
    cite: 'a different exception hides the cause: a class of retry bugs of its own (WASABI, HOW)',
  },
  told: {
    unit: 'share',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 1, default: 0.5, lenient: 0 },
    cite: 'whoever handles the error decides by its status; the words for one may be missed here, not for most',
  },
  samples: {
    unit: 'count',
    bound: 'at-least',
    domain: 'client',
    defaults: { strict: 1, default: 3, lenient: 3 },
    cite: 'a share of one or two errors says little',
  },
} as const satisfies Record<string, Param>

type Silent = { readonly failure: Failure; readonly exchange: Exchange; readonly status: number }

export const errorsTellTheCause = defineOracle({
  name,
  family: 'safety',
  verified: 'Errors are not secondary ones, and name the status that ended the operation.',
  notVerified: 'Codes of network errors, and errors after cancellation.',
  hint: 'Look at the status before the body, and wrap errors with `{ cause }` and the status of the answer.',
  params,
  selectors: {},
  judge: (history, { number }) => {
    const { secondary, told } = thresholdsOf(history, name, params, number)
    const tally = createTally()
    const failures = failuresOf(operations(history))
    const answered = failures.flatMap((failure) => answeredBy(failure) ?? [])
    if (answered.some(({ failure }) => !failure.operation.certain)) tally.skip()
    const certain = answered.filter(({ failure }) => failure.operation.certain)
    addSecondary(history, failures, secondary, tally)
    const silent = certain.filter((one) => !tells(one) && !tellsOfTheWrite(one))
    const [example] = silent
    if (certain.length >= number.samples)
      tally.compare(told, (certain.length - silent.length) / certain.length, () => ({
        witness: example ? witnessOf(example) : [],
        sentence: example ? silentSentence(history, example, silent.length, certain.length) : '',
      }))
    return tally.judgement({ unarmed: 'No operation failed.', armed: failures.length })
  },
})

function addSecondary(history: History, failures: readonly Failure[], secondary: Threshold, tally: Tally): void {
  for (const failure of failures) {
    const { operation, settled } = failure
    const isOne = isSecondary(failure)
    tally.compare(secondary, isOne ? 1 : 0, () => ({
      witness: [operation.invoked.seq, ...operation.exchanges.slice(-1).flatMap(seqsOf), settled.seq],
      sentence: secondarySentence(history, failure),
    }))
  }
}

/** What engines say when a program is wrong, not the network. */
const mistakes: Readonly<Record<string, RegExp>> = {
  TypeError:
    /cannot (?:read|set|destructure|convert|access)|is not (?:a function|iterable|a constructor|an object)|body is unusable|already (?:been )?(?:read|used)|disturbed or locked|undefined \(reading|reduce of empty/iu,
  ReferenceError: /is not defined|before initialization/iu,
  RangeError: /call stack|invalid (?:array|string|typed array|date|time|count)/iu,
}
const syntax = /json|unexpected (?:token|end|identifier|string|number)|expected (?:property|double-quoted|',')/iu

function isSecondary({ operation, settled }: Failure): boolean {
  const { error } = settled
  if (error.name === 'SyntaxError') return syntax.test(error.message) && wasErrorPage(operation, settled.at)
  // A client may call its errors what it likes, `constructor` too.
  return Object.hasOwn(mistakes, error.name) && mistakes[error.name]?.test(error.message) === true
}

/** What was parsed was the page of an error. When it was the body of a success, a JSON error is what happened. */
function wasErrorPage({ exchanges, certain }: Operation, at: number): boolean {
  const just = exchanges.filter(({ completedAt }) => cameWith(completedAt, at))
  return certain && just.length > 0 && just.every((exchange) => (statusOf(exchange) ?? 0) >= 400)
}

/** An error answer ended the operation. */
function answeredBy(failure: Failure): Silent | undefined {
  const exchange = answerBehind(failure)
  const status = exchange ? statusOf(exchange) : null
  return exchange && status !== null ? { failure, exchange, status } : undefined
}

/** What a status means, in the words of errors. */
const meanings: readonly (readonly [(status: number) => boolean, RegExp])[] = [
  [
    (status) => status === 401 || status === 403,
    /unauthori[sz]ed|forbidden|token|credential|permission|scope|denied|not allowed|access/iu,
  ],
  [
    (status) => status === 404 || status === 410,
    /not[ _-]?found|no such|missing|gone|does not exist|doesn't exist|unknown|deleted/iu,
  ],
  [(status) => status === 409, /conflict|exists|duplicate/iu],
  [
    (status) => status === 400 || status === 422,
    /invalid|bad[ _-]?request|unprocessable|validation|refused|rejected/iu,
  ],
  [(status) => status === 429, /rate|limit|too[ _-]?many|throttl|quota/iu],
  [(status) => status === 408, /time-?d?[ -]?out/iu],
  [(status) => status >= 500, /unavailable|server[ _-]?error|internal|gateway|overload|outage|maintenance/iu],
  [(status) => status === 405, /method|not allowed/iu],
]

function tells({ failure, status }: Silent): boolean {
  const { error } = failure.settled
  if (error.status === status || error.causes?.some((cause) => cause.status === status)) return true
  const texts = textsOf(error)
  if (texts.some((text) => new RegExp(`(?<!\\d)${status}(?!\\d)`, 'u').test(text))) return true
  return meanings.some(([isMeant, words]) => isMeant(status) && texts.some((text) => words.test(text)))
}

/** How errors say that no answer came. */
const unanswered =
  /time-?d?[ -]?out|no (?:\w+ )?(?:answer|response|reply)|abort|reset|refused|clos(?:ed|ing)|hang|hung|econn|etimedout|epipe|connect|network|socket|terminated|fetch failed/iu

/** The last request only looked what had become of a write, and the error tells how the write ended. */
function tellsOfTheWrite({ failure, exchange }: Silent): boolean {
  if (!isSafe(exchange)) return false
  const write = failure.operation.exchanges.findLast((one) => !isSafe(one) && one.sent.seq < exchange.sent.seq)
  if (!write) return false
  const status = statusOf(write)
  if (status === null) return textsOf(failure.settled.error).some((text) => unanswered.test(text))
  // A success that was no answer is told by its number, too.
  return tells({ failure, exchange: write, status })
}

function witnessOf({ failure, exchange }: Silent): (number | undefined)[] {
  return [failure.operation.invoked.seq, ...seqsOf(exchange), failure.settled.seq]
}

function silentSentence(history: History, { failure, exchange, status }: Silent, silent: number, all: number): string {
  const { operation, settled } = failure
  return `${silent} of ${howMany(all, 'error')} that an answer caused do not tell which: ${nameOf(operation)} sent ${requestOf(exchange)}, ${endOfExchange(history, exchange)}${lineOf(exchange)}, and failed with ${wordsForError(settled.error)}, in which nothing says ${status}.`
}

function secondarySentence(history: History, { operation, settled }: Failure): string {
  const last = operation.exchanges.at(-1)
  const after = last ? `${requestOf(last)}, ${endOfExchange(history, last)}${lineOf(last)}` : 'nothing that was sent'
  return `${nameOf(operation)} failed at ${timeOf(history, settled.at)} with ${wordsForError(settled.error)}: an error of the client's own code, which hides what happened (${after}).`
}
