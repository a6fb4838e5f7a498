import { describe, expect, test } from 'vitest'
import { checkClient, clientProblems, definitionOf } from './check-client.ts'
import { defineClient } from './client.ts'

const known = [
  { name: 'contact.read', effect: 'read' },
  { name: 'conversation.reply', effect: 'write' },
] as const
const answer = () => 1
const promises = { 'contact.read': { degrade: [{ kind: 'error' }] } } as const

describe('clientProblems', () => {
  test('finds nothing wrong with a client that keeps its promises', () => {
    expect(clientProblems({ operations: { 'contact.read': answer } }, promises, known)).toEqual([])
  })

  test.for([
    [undefined, 'create() returned undefined without "operations".'],
    [{}, 'create() returned an object without "operations".'],
    [{ operations: null }, 'create() returned an object without "operations".'],
    [[answer], 'create() returned a list without "operations".'],
    [{ operations: { 'contact.read': 5 } }, 'The operation "contact.read" is a number, not a function.'],
    [
      { operations: { 'contact.read': answer, 'conversation.replay': answer } },
      'No service knows the operation "conversation.replay". Did you mean "conversation.reply"?',
    ],
    [
      { operations: { 'conversation.reply': answer } },
      'There is a promise for "contact.read", but create() returned no such operation.',
    ],
  ])('says what is wrong with %o', ([created, problem]) => {
    expect(clientProblems(created, promises, known)).toEqual([problem])
  })

  test('what is misspelt is no suggestion for what is missing', () => {
    expect(clientProblems({ operations: { 'contact.raed': answer } }, promises, known)).toEqual([
      'No service knows the operation "contact.raed". Did you mean "contact.read"?',
      'There is a promise for "contact.read", but create() returned no such operation.',
    ])
  })

  test('names both when nothing is offered but something is promised', () => {
    expect(clientProblems({ operations: {} }, promises, known)).toHaveLength(2)
  })

  test('finds ladders that do not fit', () => {
    const operations = { 'contact.read': answer, 'conversation.reply': answer }
    const wrong = {
      'contact.read': { degrade: [{ kind: 'queue', maxDelayMs: 1 }] },
      'conversation.reply': { degrade: [{ kind: 'stale', maxAgeMs: 1 }] },
    } as const
    expect(clientProblems({ operations }, wrong, known)).toEqual([
      '"contact.read" is a read, so it cannot promise "queue".',
      '"conversation.reply" is a write, so it cannot promise "stale".',
    ])
  })

  test.for([
    [{ webhook: 'POST' }, ['"webhook" is a string, not a function.']],
    [{ health: null }, ['"health" is null, not a function.']],
    [{ drain: true, close: {} }, ['"drain" is a boolean, not a function.', '"close" is an object, not a function.']],
    [
      { actions: [answer] },
      ['"actions" is a list; it must be an object of functions, such as { \'media.pause\': () => ... }.'],
    ],
    [{ actions: { 'media.pause': 5 } }, ['The action "media.pause" is a number, not a function.']],
    [{ actions: { restart: answer } }, ['The action "restart" is the harness\'s own; give yours another name.']],
    [{ webhook: undefined, health: answer, drain: answer, actions: { 'media.pause': answer }, jobs: 5 }, []],
  ] as const)('says what is wrong with the optional part %o', ([part, problems]) => {
    expect(clientProblems({ operations: { 'contact.read': answer }, ...part }, promises, known)).toEqual(problems)
  })

  const throwing = {
    get health(): never {
      throw new Error('not yet')
    },
    operations: { 'contact.read': answer },
  }
  const throwingOperation = {
    operations: {
      get 'contact.read'(): never {
        throw new TypeError('lazy')
      },
    },
    actions: {
      get 'media.pause'(): never {
        throw 'early'
      },
    },
  }

  test.for<[unknown, string[]]>([
    [throwing, ['Reading "health" of what create() returned threw Error: not yet.']],
    [
      throwingOperation,
      ['Reading the operation "contact.read" threw TypeError: lazy.', 'Reading the action "media.pause" threw early.'],
    ],
  ])('says which getter threw', ([created, problems]) => {
    expect(clientProblems(created, promises, known)).toEqual(problems)
  })

  test('does not doubt operations that users have named themselves when no intents are given', () => {
    expect(clientProblems({ operations: { 'contact.read': answer, 'badge.read': answer } }, promises)).toEqual([])
  })
})

describe('checkClient', () => {
  test('throws one error that lists everything', () => {
    const definition = { name: 'desk', promises: { 'contact.read': {} } }
    expect(() => checkClient(definition, { operations: {} })).toThrow(
      'The client "desk" is not usable. create() returned no operations. There is a promise for "contact.read", but create() returned no such operation.',
    )
  })
})

test('a usable client is read once: what becomes of the object later changes nothing', async () => {
  let reads = 0
  const created: Record<string, unknown> = {
    secret: 'kept',
    operations: { 'contact.read': answer },
    get health() {
      reads += 1
      return function health(this: { secret: string }) {
        return this.secret
      }
    },
    actions: { 'media.pause': answer },
  }
  const client = checkClient({ name: 'desk', promises: {} }, created)
  delete created['actions']
  created['operations'] = undefined
  expect(client.operations['contact.read' as never]).toBe(answer)
  expect(client.actions?.['media.pause']).toBe(answer)
  expect(client.health?.()).toBe('kept')
  expect(client.health?.()).toBe('kept')
  expect(reads).toBe(1)
})

describe('definitionOf', () => {
  test('accepts what defineClient returns', () => {
    const client = defineClient({ name: 'desk', promises: {}, create: () => ({ operations: { 'me.read': answer } }) })
    expect(definitionOf(client)).toMatchObject({ name: 'desk', promises: {} })
  })

  test('reads each part once, and leaves the client its own `this`', () => {
    let reads = 0
    const exported = defineClient({
      get name() {
        reads += 1
        return 'desk'
      },
      promises: {},
      create() {
        return { operations: {}, self: this } as never
      },
    })
    const definition = definitionOf(exported)
    if (!('create' in definition)) throw new Error(definition.join(' '))
    expect([definition.name, definition.name, reads]).toEqual(['desk', 'desk', 1])
    expect((definition.create({} as never) as { self?: unknown }).self).toBe(exported)
  })

  const throwing = (message: string) => () => {
    throw new Error(message)
  }
  const getter = (name: string, message: string): object =>
    Object.defineProperty({}, name, { get: throwing(message), enumerable: true })

  test.for<[what: string, exported: object, problem: string]>([
    [
      'a part',
      Object.assign(getter('create', 'not now'), { name: 'desk', promises: {} }),
      'Reading "create" of the client threw Error: not now.',
    ],
    [
      'a promise',
      { name: 'desk', promises: { 'me.read': getter('within', 'never') } },
      'Reading the promise "within" threw Error: never.',
    ],
    [
      'a declaration',
      { name: 'desk', promises: {}, declares: getter('queue', 'no') },
      'Reading the declaration "queue" threw Error: no.',
    ],
    [
      'the names of promises',
      { name: 'desk', promises: new Proxy({}, { ownKeys: throwing('hidden') }) },
      'Reading the names of its promises threw Error: hidden.',
    ],
  ])('says that %s cannot be read', ([, exported, problem]) => {
    expect(definitionOf(defineClient(exported as never))).toEqual([problem])
  })

  test.for([
    [5, ['It is a number, not a client.']],
    [answer, ['It is a function, not a client.']],
    [{ name: 'desk' }, ['It was not made with defineClient().']],
    [defineClient({} as never), ['It has no name.', 'It has no promises.', 'It has no create(world).']],
    [defineClient({ name: ' ', promises: {}, create: 7 } as never), ['It has no name.', 'It has no create(world).']],
  ])('says what is wrong with %o', ([exported, problems]) => {
    expect(definitionOf(exported)).toEqual(problems)
  })
})
