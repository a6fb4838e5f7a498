// Deviant body: a success whose JSON is not quite what the API's description says. Some of it is allowed to change at any time
// (new fields, optional fields that are not there, long texts), some is a slip of the provider (a list that is null).
// The client sees JSON that parses; whoever trusts its form falls over it.

import { z } from 'zod'
import type { Prng } from '#random/prng.ts'
import { defineFault, type FaultReply } from './fault.ts'
import { isObject } from './page-cursor.ts'

const sentences = {
  'unknown-fields': 'Answers have fields that no description names, of every type.',
  'missing-field': 'One field that the description calls optional is not in the answer.',
  huge: 'Answers are a megabyte longer, by a field that nobody needs.',
  deep: 'Answers hold a field that is nested five hundred levels deep.',
  'null-list': 'Lists in an answer are null instead of empty.',
} as const

type Form = keyof typeof sentences
const formNames = Object.keys(sentences) as [Form, ...Form[]]

export const deviantBody = defineFault({
  kind: 'deviant-body',
  acts: 'decides',
  shapes: 'share',
  schema: z.strictObject({
    form: z
      .enum(formNames, { error: `write one of ${formNames.join(', ')}` })
      .describe('How it differs from what is described.'),
  }),
  effects: () => ['none'],
  explain: ({ form }) => sentences[form],
  decide: ({ form }, _exchange, _effect, _intensity, random) => ({
    kind: 'rewrite',
    // Nothing that it still says of an entity is untrue; a list of entities that is gone says nothing.
    keepsContent: form === 'null-list' ? hasNoListOfThings : true,
    edit: (reply) => {
      const body = jsonIn(reply)
      return body === undefined ? reply : { ...reply, body: JSON.stringify(deviate[form](body, random)) }
    },
  }),
})

type Json = Readonly<Record<string, unknown>>

const megabyte = 1_000_000
const levels = 500

const deviate: Readonly<Record<Form, (body: Json, random: Prng) => Json>> = {
  'unknown-fields': (body) => ({
    ...strangers,
    ...Object.fromEntries(Object.entries(body).map(([name, value]) => [name, withStrangers(name, value)])),
  }),
  'missing-field': (body, random) => {
    const gone = random.pick(Object.keys(body).filter((name) => !needed.has(name)))
    return Object.fromEntries(Object.entries(body).filter(([name]) => name !== gone))
  },
  huge: (body) => ({ ...body, x_padding: 'x'.repeat(megabyte) }),
  deep: (body) => ({ ...body, x_nested: nested(levels) }),
  'null-list': (body) => mapValues(body, (value) => (Array.isArray(value) ? null : value)),
}

/** Without these an answer would be another one, not a deviant one. */
const needed: ReadonlySet<string> = new Set(['id', 'type', 'data', 'errors', 'pages', 'external_id', 'url'])

const strangers: Json = {
  x_text: 'new',
  x_number: 1e21,
  x_flag: true,
  x_nothing: null,
  x_list: [1, 'two', { three: [] }],
  x_object: { constructor: 'a word', toString: 0 },
}

/** What a customer's attributes hold is the customer's business: there a new field is a statement about somebody. */
function withStrangers(name: string, value: unknown): unknown {
  return isObject(value) && name !== 'custom_attributes' ? { ...value, ...strangers } : value
}

function nested(depth: number): unknown {
  let inner: unknown = 'the bottom'
  for (let level = 0; level < depth; level += 1) inner = { x: inner }
  return inner
}

function mapValues(body: Json, change: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, change(value)]))
}

function hasNoListOfThings(reply: FaultReply): boolean {
  const lists = Object.values(jsonIn(reply) ?? {}).filter((value) => Array.isArray(value))
  return lists.every((list) => !list.some(isObject))
}

/** The object in a success; `undefined` for everything else. */
function jsonIn({ status, body }: FaultReply): Json | undefined {
  if (status < 200 || status > 299 || typeof body !== 'string' || !body.startsWith('{')) return undefined
  try {
    return JSON.parse(body) as Json
  } catch {
    return undefined
  }
}
