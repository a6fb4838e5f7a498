// Goal: a driver that behaves is a client like any other, and whatever a bad one does ends in a sentence, never in a hang, an
// exception of ours, or a process that stays. Method: real processes, written in a line or two.

import childProcess from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { runAs, type Life, type Owner } from '#context/owner.ts'
import { tracedBy } from '#context/trace.ts'
import { isUserError } from '#context/user-error.ts'
import { outcomeOf } from '../outcome.ts'
import type { Client, ClientDefinition, ClientWorld, Operation, WebhookCall } from '../client.ts'
import { propertyRegister, type PropertyRegister } from '../properties.ts'
import { greet } from './greet.ts'
import { loadDriver } from './load-driver.ts'
import { endDrivers, killDriver } from './roster.ts'
import { callOf, driverOf, locationOf, worldOf } from './test-driver.ts'

afterEach(async () => {
  await endDrivers()
})

/** Resolves with what the driver is accused of. */
function accusation() {
  let raise: (why: Error) => void = () => {}
  const raised = new Promise<Error>((resolve) => (raise = resolve))
  return { raise: (why: Error) => raise(why), raised }
}

async function started(script: string, world: Partial<ClientWorld> = {}) {
  const { raise, raised } = accusation()
  const definition: ClientDefinition = await loadDriver(driverOf(script), raise)
  const client = (await definition.create(worldOf(world))) as Client
  const read = client.operations['contact.read'] as Operation
  const ask = (input: unknown, signal?: AbortSignal) => read(input as never, callOf(signal)) as Promise<unknown>
  return { definition, client, ask, raised }
}

test('what a driver says of itself is the definition, and what it offers is the client', async () => {
  const { definition, client, ask } = await started(`
    facts.declares = { queue: 5 }
    offered.actions = ['media.pause']
    offered.offers = ['health', 'close']
  `)
  expect(definition).toMatchObject({ name: 'desk', declares: { queue: 5 } })
  expect(definition.promises).toEqual({ 'contact.read': { degrade: ['stale 1h', 'error'] } })
  expect(Object.keys(client).toSorted()).toEqual(['actions', 'close', 'health', 'operations'])
  expect(Object.keys(client.actions ?? {})).toEqual(['media.pause'])
  expect(await ask({ name: 'Zoë 👩‍🚀 \n "x"' })).toEqual({ name: 'Zoë 👩‍🚀 \n "x"' })
})

test('its environment is the same everywhere, and holds what its file says and no secret of the user', async () => {
  vi.stubEnv('INTERCOM_ACCESS_TOKEN', 'secret')
  vi.stubEnv('LANG', 'de_DE.ISO-8859-1')
  const location = {
    ...driverOf('on.create = (q) => say({ id: q.id, error: JSON.stringify(process.env) })'),
    env: { A: 'b' },
  }
  const definition = await loadDriver(location)
  const told: unknown = await Promise.resolve(definition.create(worldOf())).catch((thrown: unknown) => thrown)
  vi.unstubAllEnvs()
  const environment = JSON.parse(told as string) as Record<string, string>
  expect(environment).toMatchObject({ A: 'b', LANG: 'C.UTF-8', TZ: 'UTC', PATH: process.env['PATH'] })
  expect(Object.keys(environment)).not.toContain('INTERCOM_ACCESS_TOKEN')
})

test('over HTTPS a driver is told whom to trust, by its world and by a file that ends with the run', async () => {
  const location = {
    ...driverOf(`on.create = (q) => {
      const { statSync, readFileSync } = require('fs')
      const { NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE } = process.env
      const facts = { ca: q.world.ca, file, text: readFileSync(file, 'utf8'), mode: statSync(file).mode & 0o777 }
      say({ id: q.id, error: JSON.stringify({ ...facts, same: [SSL_CERT_FILE, REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE] }) })
    }`),
    ca: 'the certificate',
  }
  const definition = await loadDriver(location)
  const world = worldOf({ ca: 'the certificate' })
  const told: unknown = await Promise.resolve(definition.create(world)).catch((thrown: unknown) => thrown)
  const { file, ...facts } = JSON.parse(told as string) as { file: string }
  expect(facts).toEqual({ ca: 'the certificate', text: 'the certificate', mode: 0o600, same: [file, file, file] })
  await endDrivers()
  expect(existsSync(file)).toBe(false)
})

test('answers come in any order, and each to its own question', async () => {
  const { ask } = await started(`
    const held = []
    on.invoke = (q) => {
      held.push(q)
      if (held.length === 3) for (const each of held.reverse()) say({ id: each.id, value: each.input })
    }
  `)
  expect(await Promise.all([ask(1), ask(2), ask(3)])).toEqual([1, 2, 3])
})

test.for([
  [`{ value: { id: 1 } }`, { kind: 'fresh', value: { id: 1 } }],
  [`{ value: { id: 1 }, outcome: null, error: null }`, { kind: 'fresh', value: { id: 1 } }],
  [`{ value: { id: 1 }, outcome: 'stale', ageMs: 5000 }`, { kind: 'stale', value: { id: 1 }, ageMs: 5000 }],
  [`{ value: { _stale: true } }`, { kind: 'stale', value: { _stale: true } }],
  [`{ outcome: 'queued' }`, { kind: 'queued' }],
  [`{ value: [], outcome: 'fallback' }`, { kind: 'fallback', value: [] }],
  [`{ outcome: 'dropped' }`, { kind: 'dropped' }],
])('the answer %s is the outcome it says', async ([answer, outcome]) => {
  const { ask } = await started(`on.invoke = (q) => say({ id: q.id, ...${answer as string} })`)
  expect(outcomeOf(await ask(1))).toEqual(outcome)
})

test('an error of the driver is thrown with its fields, whatever they are called', async () => {
  const { ask } = await started(`
    on.invoke = (q) => say({ id: q.id, error: q.input === 1
      ? { name: 'IntercomError', message: 'gave up', status: 504, cause: { name: 'TimeoutError', code: 'ETIMEDOUT' }, toString: 1 }
      : 'in words' })
  `)
  const error: unknown = await ask(1).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name: 'IntercomError', message: 'gave up', status: 504, cause: { code: 'ETIMEDOUT' } })
  await expect(ask(2)).rejects.toBe('in words')
})

test('a stale copy without an age is refused as in process', async () => {
  const { ask } = await started(`on.invoke = (q) => say({ id: q.id, value: 1, outcome: 'stale' })`)
  await expect(ask(1)).rejects.toThrow(/needs the age of the copy/u)
})

test('who stops waiting cancels the question, which is answered all the same', async () => {
  const { ask } = await started(`
    on.invoke = () => {}
    on.cancel = (q) => say({ id: q.id, error: { name: 'AbortError', message: 'cancelled' } })
  `)
  const controller = new AbortController()
  const asked = ask(1, controller.signal)
  controller.abort()
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
})

const owner: Owner = { instance: 2, workspace: 'ours', operation: 17, random: () => 0.5 }

test('a question carries whose work it is', async () => {
  const { ask } = await started(`on.invoke = (q) => say({ id: q.id, value: q.traceparent })`)
  expect(tracedBy((await runAs(owner, () => ask(1))) as string)).toEqual({ instance: 2, operation: 17 })
  expect(tracedBy((await ask(1)) as string)).toEqual({ instance: 0, operation: null })
})

test('a webhook says which delivery it is, for the requests that it leads to', async () => {
  const { client } = await started(`
    offered.offers.push('webhook')
    on.webhook = (q) => say({ id: q.id, value: { status: 200, told: q.traceparent } })
  `)
  const request = { method: 'POST', headers: {}, body: '{}', workspace: 'ours' } as const
  const call: WebhookCall = { signal: new AbortController().signal, acted() {}, resume: (work) => work() }
  const whose: Owner = { instance: 2, workspace: 'ours', operation: null, delivery: 7, random: () => 0.5 }
  const answer = await runAs(whose, () => client.webhook?.(request, call))
  expect(tracedBy((answer as { told?: string }).told)).toEqual({ instance: 2, operation: null, delivery: 7 })
})

test('a webhook is answered, and what it led to is told later', async () => {
  const { client } = await started(`
    offered.offers.push('webhook')
    on.webhook = (q) => {
      say({ id: q.id, value: { status: 202 } })
      say({ note: 'acted', notification: JSON.parse(q.request.body).id })
    }
  `)
  const acted = vi.fn<(id: string) => void>()
  const call: WebhookCall = { signal: new AbortController().signal, acted, resume: (work) => work() }
  const request = { method: 'POST', headers: {}, body: '{"id":"notif_1"}', workspace: 'ours' } as const
  await expect(client.webhook?.(request, call)).resolves.toEqual({ status: 202 })
  await vi.waitFor(() => expect(acted.mock.calls).toEqual([['notif_1']]))
})

test('a property is seen on behalf of the question that it is of', async () => {
  const register = {
    declare: vi.fn<PropertyRegister['declare']>(),
    see: vi.fn<PropertyRegister['see']>(),
  }
  Object.defineProperty(globalThis, propertyRegister, { value: register, configurable: true })
  const { ask } = await started(`
    on.invoke = (q) => {
      say({ note: 'property', type: 'sometimes', name: 'a copy is shown' })
      say({ note: 'property', type: 'always', name: 'bounded', holds: false, details: { size: 9 }, of: q.id })
      say({ note: 'log', text: 'served' })
      say({ id: q.id })
    }
  `)
  await ask(1)
  Reflect.deleteProperty(globalThis, propertyRegister)
  expect(register.declare).toHaveBeenCalledWith('sometimes', 'a copy is shown')
  expect(register.see).toHaveBeenCalledWith('always', 'bounded', false, { size: 9 })
  expect((await endDrivers()).map(({ text }) => text)).toEqual(['served\n'])
})

test.for<[string, string, RegExp]>([
  ['exits before it says hello', `process.exit(3)`, /ended before it said hello \(exit code 3\)/u],
  ['is killed before', `process.kill(process.pid, 'SIGSEGV')`, /ended before it said hello \(signal SIGSEGV\)/u],
  ['speaks another version', `facts.protocol = 2`, /speaks version 2 of the protocol; this is version 1/u],
  ['speaks none', `delete facts.protocol`, /speaks no version of the protocol/u],
  ['answers hello with a text', `on.hello = (q) => say({ id: q.id, value: 'hi' })`, /is no object with "protocol"/u],
  [
    'answers hello with an error',
    `on.hello = (q) => say({ id: q.id, error: { message: 'no database' } })`,
    /answered hello with an error: no database/u,
  ],
  ['answers what was not asked', `on.hello = () => say({ id: 99 })`, /it answered 99, which was not asked/u],
  [
    'closes its output',
    `on.hello = () => require('fs').closeSync(1)`,
    /closed its standard output and went on running/u,
  ],
  [
    'prints a line of 100 MB',
    `on.hello = () => process.stdout.write('x'.repeat(100_000_000))`,
    /printed a line of more than 10\d{6} bytes/u,
  ],
  [
    'floods',
    `const flood = () => process.stdout.write('garbage '.repeat(5_000) + '\\n', flood); on.hello = flood`,
    /more than 20000000 bytes that answer no question/u,
  ],
  ['makes promises that are none', `facts.promises = 'many'`, /It has no promises/u],
  ['has no name', `facts.name = ''`, /It has no name/u],
])('a driver that %s is refused in a sentence', async ([, script, says]) => {
  const error: unknown = await loadDriver(driverOf(script)).catch((thrown: unknown) => thrown)
  expect(isUserError(error)).toBe(true)
  expect(String(error)).toMatch(says)
})

test.for<[string, readonly string[], string, RegExp]>([
  ['is not there', ['no-such-program-at-all'], import.meta.dirname, /there is no program "no-such-program-at-all"/u],
  ['may not be executed', [import.meta.filename], import.meta.dirname, /may not be executed/u],
  ['starts in no directory', ['node'], '/no/such/directory', /the directory to start it in does not exist/u],
  ['starts in a file', ['node'], import.meta.filename, /the directory to start it in is none/u],
])('a program that %s is refused in a sentence', async ([, command, cwd, says]) => {
  const error: unknown = await loadDriver(locationOf(command, cwd)).catch((thrown: unknown) => thrown)
  expect(isUserError(error)).toBe(true)
  expect(String(error)).toMatch(says)
})

test('in virtual time nothing is started, and what to do is told', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'refused-'))
  vi.stubEnv('TMPDIR', directory)
  const { spawn } = childProcess.ChildProcess.prototype as unknown as { spawn: unknown }
  const refuse = () => {
    throw Object.assign(new Error('refused'), { code: 'ERR_BROWNOUT_REFUSED' })
  }
  Object.assign(childProcess.ChildProcess.prototype, { spawn: refuse })
  const error: unknown = await loadDriver(driverOf('')).catch((thrown: unknown) => thrown)
  Object.assign(childProcess.ChildProcess.prototype, { spawn })
  expect(isUserError(error)).toBe(true)
  expect(String(error)).toMatch(/this run is in virtual time[\s\S]*--transport loopback/u)
  expect(readdirSync(directory)).toEqual([])
  vi.unstubAllEnvs()
})

test('one that says nothing is given up, and what it printed instead is shown', async () => {
  const silent = driverOf(`on.hello = () => console.log('Listening on port 3000')`)
  const error: unknown = await greet(silent, { startMs: 1_500 }).catch((thrown: unknown) => thrown)
  expect(isUserError(error)).toBe(true)
  expect(String(error)).toMatch(/did not answer hello within 1.5 s[\s\S]*Listening on port 3000/u)
})

// Runtimes that take themselves to write a file begin with a mark of the byte order.
test('a mark of the byte order before its first message, and Windows ends of lines, are no matter', async () => {
  const { ask } = await started(`
    const write = process.stdout.write.bind(process.stdout)
    let mark = '\\ufeff'
    process.stdout.write = (text) => { write(mark + text.replace('\\n', '\\r\\n')); mark = '' }
  `)
  expect(await ask(1)).toBe(1)
})

test('what it prints between its messages is a log', async () => {
  const { ask } = await started(
    `on.invoke = (q) => { console.log('reading', q.input); console.error('slow'); say({ id: q.id }) }`,
  )
  await ask(1)
  const [log] = await endDrivers()
  expect(log).toMatchObject({ instance: 0, life: 0, text: expect.stringContaining('reading 1\n') })
})

test.for<[string, string, RegExp]>([
  [
    'throws late',
    `on.invoke = () => { throw new TypeError('no such field') }`,
    /^exit code 1; its log ends: TypeError: no such field$/u,
  ],
  ['exits', `on.invoke = () => process.exit(3)`, /^exit code 3$/u],
  ['is killed', `on.invoke = () => process.kill(process.pid, 'SIGKILL')`, /^signal SIGKILL$/u],
  ['answers twice', `on.invoke = (q) => { say({ id: q.id }); say({ id: q.id }) }`, /^it answered question 3 twice$/u],
  [
    'answers with a text for an id',
    `on.invoke = (q) => say({ id: String(q.id), value: 1 })`,
    /^it answered question 3 with the id "3", which must be a number$/u,
  ],
  ['answers the unknown', `on.invoke = (q) => say({ id: q.id + 7 })`, /^it answered 10, which was not asked$/u],
  [
    'knows another outcome',
    `on.invoke = (q) => say({ id: q.id, outcome: 'stael' })`,
    /outcome of answer 3 is "stael"/u,
  ],
  ['notes what there is not', `on.invoke = () => say({ note: 'acts' })`, /^its note "acts": there is no such note/u],
  [
    'takes too much memory, in a child of its own',
    `on.invoke = () => {
      const hold = 'const all = []; for (;;) all.push(Buffer.alloc(50_000_000, 1))'
      require('child_process').spawn(process.execPath, ['-e', hold], { stdio: 'ignore' })
    }`,
    /^it held \d{4,5} MB of memory; a program may have 2000$/u,
  ],
  ['closes its output', `on.invoke = () => require('fs').closeSync(1)`, /closed its standard output/u],
  [
    'leaves a child behind and exits',
    `
    on.invoke = () => {
      require('child_process').spawn('sleep', ['1000'], { stdio: 'inherit' })
      process.exit(0)
    }`,
    /^exit code 0$/u,
  ],
])('a driver that %s in the middle of a run is accused of it, and nobody gets an answer', async ([, script, says]) => {
  const { ask, raised } = await started(script)
  const answered = vi.fn<(value: unknown) => void>()
  void ask(1).then(answered, answered)
  expect((await raised).message).toMatch(says)
  expect(answered.mock.calls.filter(([value]) => value instanceof Error)).toEqual([])
})

test('without anybody who listens, an accusation is an uncaught exception on behalf of the instance', async () => {
  const listeners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  try {
    const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve))
    const definition = await loadDriver(driverOf(`on.invoke = () => process.exit(3)`))
    const client = (await definition.create(worldOf())) as Client
    void (client.operations['contact.read'] as Operation)(1 as never, callOf())
    expect(await uncaught).toMatchObject({ name: 'DriverGone', message: 'exit code 3' })
  } finally {
    for (const listener of listeners) process.on('uncaughtException', listener)
  }
})

test('an error while it creates its client is what create throws', async () => {
  const failing = driverOf(
    `on.create = (q) => say({ id: q.id, error: { name: 'ValueError', message: 'no database' } })`,
  )
  const definition = await loadDriver(failing)
  await expect(definition.create(worldOf())).rejects.toMatchObject({ name: 'ValueError', message: 'no database' })
  const dying = await loadDriver(driverOf(`on.create = () => process.exit(4)`))
  await expect(dying.create(worldOf())).rejects.toMatchObject({ message: 'exit code 4' })
})

test.for<[string, string]>([
  [`offered.operations = 'all'`, '"operations" of the answer to create must be a list of names'],
  [`offered.offers = ['heal']`, 'a driver cannot offer "heal"'],
  [`on.create = (q) => say({ id: q.id, value: 'ok' })`, 'a driver answers create with an object'],
])('what it offers must make sense: %s', async ([script, says]) => {
  const definition = await loadDriver(driverOf(script))
  await expect(definition.create(worldOf())).rejects.toThrow(says)
})

test('a driver that is closed ends by itself; answering may be left to its end', async () => {
  const polite = await started(`on.close = (q) => say({ id: q.id })`)
  await polite.client.close?.()
  const short = await started(`on.close = () => process.exit(0)`)
  await short.client.close?.()
  const failing = await started(`on.close = () => process.exit(5)`)
  await expect(failing.client.close?.()).rejects.toThrow('exit code 5')
})

test('what is under way when it is closed is still answered, and then it ends', async () => {
  const { client, ask } = await started(`
    let held
    on.invoke = (q) => (held = q)
    on.close = (q) => { say({ id: q.id }); setTimeout(() => say({ id: held.id, value: 'late' }), 100) }
  `)
  const asked = ask(1)
  await client.close?.()
  expect(await asked).toBe('late')
})

test('a driver that stays after close is told of, and gone', async () => {
  const { client } = await started(`setInterval(() => {}, 1000)`)
  await expect(client.close?.()).rejects.toThrow('still there 5 s after it had answered close')
})

const marker = 'brownout-test-child'
const isRunning = (pid: string) => existsSync(`/proc/${pid.trim()}`) && !isZombie(pid.trim())
const isZombie = (pid: string) => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')

/** Starts a child, those that leave the session, and a daemon without environment and parent, and tells their ids. */
const forking = `
  const { execFileSync, spawn } = require('child_process')
  const daemon = 'env -i setsid sleep 1000 >/dev/null 2>&1 </dev/null & echo $!'
  const orphan = () => Number(execFileSync('/bin/sh', ['-c', daemon]))
  const start = (detached, env) => spawn('sleep', ['1000'], { stdio: 'ignore', detached, env, argv0: '${marker}' }).pid
  on.invoke = (q) => say({ id: q.id, value: [process.pid, start(false), start(true), start(true, { PATH: process.env.PATH }), orphan()] })
`

test.runIf(process.platform === 'linux')('a life that is over takes its process and its children along', async () => {
  const life: Life = { number: 0, over: false }
  const definition = await loadDriver(driverOf(forking))
  const world = worldOf()
  const client = (await runAs({ ...owner, life }, () => definition.create(world))) as Client
  const pids = (await (client.operations['contact.read'] as Operation)(1 as never, callOf())) as number[]
  expect(pids.filter((pid) => isRunning(String(pid)))).toEqual(pids)
  killDriver(life)
  await vi.waitFor(() => expect(pids.filter((pid) => isRunning(String(pid)))).toEqual([]))
  const next = (await definition.create(world)) as Client
  expect(await (next.operations['contact.read'] as Operation)(1 as never, callOf())).toHaveLength(5)
})

test.runIf(process.platform === 'linux')(
  'a daemon whose parent has ended goes with the life that began it',
  async () => {
    const life: Life = { number: 0, over: false }
    const definition = await loadDriver(
      driverOf(`
      const { spawn } = require('child_process')
      const begin = 'env -i setsid sleep 1000 >/dev/null 2>&1 </dev/null & echo $!; sleep 2'
      on.invoke = (q) => {
        const shell = spawn('/bin/sh', ['-c', begin], { stdio: ['ignore', 'pipe', 'ignore'] })
        let pid = ''
        shell.stdout.on('data', (text) => (pid += text))
        shell.on('exit', () => say({ id: q.id, value: pid }))
      }
    `),
    )
    const client = (await runAs({ ...owner, life }, () => definition.create(worldOf()))) as Client
    const pid = (await (client.operations['contact.read'] as Operation)(1 as never, callOf())) as string
    expect(isRunning(pid)).toBe(true)
    killDriver(life)
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false))
  },
)

test('what a process stored is there for the next, and gone with the run', async () => {
  const life: Life = { number: 0, over: false }
  const world = worldOf()
  const definition = await loadDriver(
    driverOf(`
      let directory
      on.create = (q) => { directory = q.world.storeDirectory; say({ id: q.id, value: offered }) }
      on.invoke = (q) => {
        const file = directory + '/queue'
        const before = require('fs').existsSync(file)
        require('fs').writeFileSync(file, '1')
        say({ id: q.id, value: { before, directory } })
      }
    `),
  )
  const first = (await runAs({ ...owner, life }, () => definition.create(world))) as Client
  const answer = await (first.operations['contact.read'] as Operation)(1 as never, callOf())
  killDriver(life)
  const second = (await definition.create(world)) as Client
  const { directory } = answer as { directory: string }
  expect(answer).toEqual({ before: false, directory })
  expect(await (second.operations['contact.read'] as Operation)(1 as never, callOf())).toEqual({
    before: true,
    directory,
  })
  await endDrivers()
  expect(existsSync(directory)).toBe(false)
})

test.runIf(process.platform === 'linux')(
  'whoever kills the cell kills its drivers, their children and their files',
  async () => {
    const { spawn } = childProcess
    const file = join(mkdtempSync(join(tmpdir(), 'orphans-')), 'cell.mjs')
    writeFileSync(
      file,
      `import { loadDriver } from ${JSON.stringify(new URL('load-driver.ts', import.meta.url).href)}
     import { callOf, driverOf, worldOf } from ${JSON.stringify(new URL('test-driver.ts', import.meta.url).href)}
     const definition = await loadDriver(driverOf(${JSON.stringify(forking)}))
     const client = await definition.create(worldOf())
     console.log(JSON.stringify(await client.operations['contact.read'](1, callOf())))`,
    )
    const directory = mkdtempSync(join(tmpdir(), 'orphans-'))
    const cell = spawn(process.execPath, [file], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TMPDIR: directory },
    })
    const line = await new Promise<string>((resolve) => cell.stdout.once('data', (data) => resolve(String(data))))
    const pids = JSON.parse(line) as number[]
    expect(pids.filter((pid) => isRunning(String(pid)))).toEqual(pids)
    expect(readdirSync(directory)).toHaveLength(1)
    process.kill(-(cell.pid as number), 'SIGKILL')
    await vi.waitFor(
      () => {
        expect(pids.filter((pid) => isRunning(String(pid)))).toEqual([])
        expect(readdirSync(directory)).toEqual([])
      },
      { timeout: 10_000 },
    )
  },
)

test.runIf(process.platform === 'linux')('starting and ending again and again leaves nothing behind', async () => {
  const cycle = async (nth: number): Promise<void> => {
    const { client, ask } = await started('')
    if (nth % 2 === 0) await client.close?.()
    else void ask(1)
    await endDrivers()
  }
  const left = () => {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').split(' ').length
    return { children, descriptors: readdirSync('/proc/self/fd').length }
  }
  await cycle(0)
  const before = left()
  for (let nth = 0; nth < 10; nth += 1) await cycle(nth)
  await vi.waitFor(() => expect(left()).toEqual(before))
})
