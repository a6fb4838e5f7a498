// What is looked at in a driver, one check each: the protocol and nothing else. Whether its client degrades correctly is for runs.

import { limits } from '#context/limits.ts'
import { tracedBy } from '#context/trace.ts'
import { withinReal } from '#clock/real-wait.ts'
import { resolveDeclared } from '#client/declared.ts'
import { outcomeOf } from '#client/outcome.ts'
import { resolvePromises } from '#client/promises.ts'
import { errorFacts } from '../error-facts.ts'
import { reportIn } from '../health.ts'
import { settled, type Settled } from '../within.ts'
import { strangeName } from './stub.ts'
import { isRead, workspace, type Asked, type Trial } from './trial.ts'

/** What is in order, or why it was not looked at. A failed check throws. */
type Told = string | { readonly skipped: string }

export type Check = {
  readonly name: string
  look(trial: Trial): Told | Promise<Told>
  /** What to do when it fails. */
  readonly todo: string
}

const cancelMs = 3_000
const manyAtOnce = 50

export const checks: readonly Check[] = [
  {
    name: 'promises and declarations make sense',
    look: ({ definition }) => {
      resolveDeclared(definition)
      const names = Object.keys(resolvePromises(definition))
      return `${names.length} promises`
    },
    todo: 'Write them as in docs/clients.md: durations are texts such as "10s", ladders are lists such as ["stale 1h", "error"].',
  },
  {
    name: 'an operation is answered',
    look: async (trial) => {
      const name = firstOf(trial)
      const ended = await trial.ask(name, 'plain').ended
      if (ended.kind === 'failed') fail(`${name} failed although the API answered: ${wordsOf(ended)}`)
      if (trial.stub.seen.length === 0) fail(`${name} was answered without a request to world.url`)
      return `${name}: ${outcomeOf((ended as { value: unknown }).value).kind}`
    },
    todo: 'Send requests to the url of the workspace in the world, with its token, and answer with {"id": ..., "value": ...}.',
  },
  {
    name: 'requests carry the traceparent of their operation',
    look: async (trial) => {
      const name = firstOf(trial)
      const before = trial.stub.seen.length
      const { operation, ended } = trial.ask(name, 'traced')
      await ended
      const requests = trial.stub.seen.slice(before)
      if (requests.length === 0) return { skipped: `${name} sent no request` }
      for (const { method, path, traceparent } of requests)
        if (tracedBy(traceparent)?.operation !== operation)
          fail(`${method} ${path} carried ${traceparent === undefined ? 'none' : `"${traceparent}"`}`)
      return `${requests.length === 1 ? 'one request' : `${requests.length} requests`} of ${name}`
    },
    todo: 'Send the "traceparent" of the question as a header of that name with every request that it leads to.',
  },
  {
    name: 'operations overlap, and each keeps its own trace',
    look: (trial) => overlap(trial),
    todo: 'Read the next question while the last one is worked on (a thread or a task for each), and keep its traceparent with it.',
  },
  {
    name: `${manyAtOnce} operations at once are all answered`,
    look: async (trial) => {
      const name = firstOf(trial)
      const all = Array.from({ length: manyAtOnce }, (_, nth) => trial.ask(name, `many-${nth}`).ended)
      const ended = await Promise.all(all)
      const failed = ended.find(({ kind }) => kind === 'failed')
      if (failed) fail(`one of them failed: ${wordsOf(failed)}`)
      return name
    },
    todo: 'Write whole lines: take a lock around the write and the flush. Let so many run at once; if the time-out of a request is what ends them, they wait for each other.',
  },
  {
    name: 'text of any script survives',
    look: async (trial) => {
      const name = firstOf(trial)
      const { ended } = trial.ask(name, 'unicode')
      const text = JSON.stringify(await ended)
      if (text.includes('Zo') && !text.includes(JSON.stringify(strangeName).slice(1, -1)))
        fail(`the name ${strangeName} came back as something else`)
      return text.includes('Zo') ? strangeName.slice(0, 9) : 'the value does not show it'
    },
    todo: 'Read standard input and write standard output as UTF-8, whatever the locale says, and decode bodies as UTF-8.',
  },
  {
    name: 'an answer of a megabyte arrives',
    look: (trial) =>
      during(trial, 'big', async () => {
        const ended = await trial.ask(firstOf(trial), 'big').ended
        if (ended.kind === 'failed') fail(`it failed: ${wordsOf(ended)}`)
        return `${Math.round(JSON.stringify(ended).length / 1_000)} kB`
      }),
    todo: 'An answer is one line, however long; it is written whole, and flushed.',
  },
  {
    name: 'an error has a name and a message',
    look: (trial) =>
      during(trial, 'badly', async () => {
        const ended = await trial.ask(firstOf(trial), 'failing').ended
        if (ended.kind === 'returned') return `none: a 500 led to ${outcomeOf(ended.value).kind}`
        const { name, message, status, requestId } = errorFacts(ended.error)
        if (typeof ended.error !== 'object' || message === '') fail(`it came as ${JSON.stringify(ended.error)}`)
        const told = [`status ${status ?? 'not told'}`, `request id ${requestId === undefined ? 'not told' : 'told'}`]
        return `${name} (${told.join(', ')})`
      }),
    todo: 'Answer with {"id": ..., "error": {"name", "message", "status", "requestId", "code", "cause"}}; what is not known is left out.',
  },
  {
    name: 'a cancelled operation ends',
    look: (trial) =>
      during(trial, 'hold', async () => {
        const { stub } = trial
        const asked = trial.ask(firstOf(trial), 'cancelled')
        if ((await withinReal(cancelMs, () => arrivalOf(asked, trial, 'cancelled'))) === 'overdue')
          return { skipped: 'no request came that could be given up' }
        asked.cancel()
        const ended = await withinReal(cancelMs, () => asked.ended)
        stub.release()
        if (ended === 'overdue') fail(`it was not answered within ${cancelMs / 1_000} s after its cancel`)
        return 'answered'
      }),
    todo: 'On {"do": "cancel", "id": ...} give up that request, and answer its question with an error.',
  },
  {
    name: 'an operation that there is not is an error',
    look: async ({ talk }) => {
      const question = { do: 'invoke', operation: 'no.such', input: {}, workspace, traceparent: '' } as const
      const { error } = await talk.ask(question)
      if (error === undefined || error === null) fail('it was answered with a value')
      return 'error'
    },
    todo: 'Answer with an error, and go on.',
  },
  {
    name: 'what is offered answers',
    look: (trial) => offers(trial),
    todo: 'health answers { services: { intercom: { status } } }; webhook a status or nothing; drain anything. Leave out what there is not.',
  },
  {
    name: 'standard output holds messages only',
    look: ({ talk }) => {
      const bytes = talk.chatter()
      if (bytes > 0) fail(`${bytes} bytes of it were none: ${talk.log.lastWords()}`)
      return 'nothing else'
    },
    todo: 'Print what is for people to standard error. In many languages standard output can be redirected there once, at the start.',
  },
  {
    name: 'close is answered, and the process ends by itself',
    look: async ({ client, talk }) => {
      const { close } = client
      if (close) {
        await close()
        return 'closed'
      }
      talk.expectEnd()
      if ((await talk.leave()) === 'overdue')
        fail(`it was still there ${limits.driverExitMs / 1_000} s after its standard input had ended`)
      return 'it offers no close, and ended with its input'
    },
    todo: 'End timers, pools and threads in close, answer, and let the process end when standard input does.',
  },
]

async function overlap(trial: Trial): Promise<Told> {
  const { stub } = trial
  const name = trial.operations.find(
    (one) => isRead(one) && /^(?:contact|conversation|company|article|ticket)\.read$/u.test(one),
  )
  if (name === undefined) return { skipped: 'it offers no operation that reads one thing' }
  return during(trial, 'hold', async () => {
    const first = trial.ask(name, 'first')
    await arrivalOf(first, trial, 'first')
    let isAnswered = false
    void first.ended.then(() => (isAnswered = true))
    const second = trial.ask(name, 'second')
    const come = await withinReal(cancelMs, () => arrivalOf(second, trial, 'second'))
    const isLate = come === 'overdue' || isAnswered
    stub.mode = 'well'
    stub.release()
    await Promise.all([first.ended, second.ended])
    if (isLate) fail('the second was not begun before the first was answered')
    for (const [mark, { operation }] of [
      ['first', first],
      ['second', second],
    ] as const) {
      const seen = stub.seen.find(({ path }) => path.includes(`id-${mark}`))
      if (seen && tracedBy(seen.traceparent)?.operation !== operation)
        fail(`the request of the ${mark} one carried the trace of another, or none`)
    }
    return name
  })
}

/** Its request, or its end. */
function arrivalOf({ ended }: Asked, { stub }: Trial, mark: string): Promise<unknown> {
  return Promise.race([stub.arrival(mark), ended])
}

async function offers({ client, asOperation }: Trial): Promise<Told> {
  const found: string[] = []
  if (client.health) {
    const { status, why } = reportIn(await settled(() => asOperation(null, () => client.health?.())))
    if (status === 'unknown') fail(`health: ${why}`)
    found.push(`health: ${status}`)
  }
  if (client.webhook) {
    const call = { signal: new AbortController().signal, acted: () => {}, resume: <T>(work: () => T): T => work() }
    const request = {
      method: 'POST',
      headers: { 'x-hub-signature': 'sha1=0' },
      body: '{"id":"forged"}',
      workspace,
    } as const
    const answer = await settled(() => asOperation(null, () => client.webhook?.(request, call)))
    if (answer.kind === 'failed') fail(`webhook, of a forged notification: ${wordsOf(answer)}`)
    found.push('webhook')
  }
  if (client.drain) {
    const answer = await settled(() => asOperation(null, () => client.drain?.()))
    if (answer.kind === 'failed') fail(`drain: ${wordsOf(answer)}`)
    found.push('drain')
  }
  return found.length === 0 ? { skipped: 'it offers operations only' } : found.join(', ')
}

async function during(trial: Trial, mode: Trial['stub']['mode'], work: () => Promise<Told>): Promise<Told> {
  trial.stub.mode = mode
  try {
    return await work()
  } finally {
    trial.stub.mode = 'well'
    trial.stub.release()
  }
}

function firstOf({ operations: [first = ''] }: Trial): string {
  return first
}

function wordsOf(answer: Settled): string {
  if (answer.kind === 'returned') return ''
  const { name, message } = errorFacts(answer.error)
  return `${name}: ${message}`
}

/** Ends a check. */
function fail(why: string): never {
  throw new Error(why)
}
