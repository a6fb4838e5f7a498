import { expect, test } from 'vitest'
import { exchanges, operations } from '#history/query.ts'
import { createStory, type Story } from '../../test/history-builder.ts'
import { isWantedByAnother } from './live.ts'

type Asked = Partial<Parameters<Story['ask']>[1]>

const entity = 'contact:1'

type Other = Asked & {
  readonly name?: string
  readonly settledAt?: number
  readonly cancelledAt?: number
}

/** An operation sends at 11:00:01, and another asks for something, at 11:00:00.500 where nothing is said. */
function isWanted(
  { name = 'contact.read', settledAt = 5_000, cancelledAt, ...other }: Other,
  own: Other = {},
): boolean {
  const story = createStory()
  const { name: ownName = 'contact.read', ...facts } = own
  const operation = story.ask(ownName, { at: 0, entity, ...facts })
  const another = story.ask(name, { at: 500, entity, ...other })
  story.attempt(operation, { at: 1_000, took: 1_000, ends: 200 })
  story.error(operation, { at: 1_500 })
  if (cancelledAt !== undefined) story.cancel(another, { at: cancelledAt })
  story.error(another, { at: settledAt })
  const history = story.history()
  const [first] = operations(history)
  const [exchange] = exchanges(history)
  if (!first || !exchange) throw new Error('Nothing was sent.')
  return isWantedByAnother(history, first, exchange, exchange.sent.seq)
}

const reply: Other = { name: 'conversation.reply' }
const nothing: Other = { entity: undefined } as unknown as Other

test.for<[title: string, other: Other, own: Other, wanted: boolean]>([
  ['another asks for the same', {}, {}, true],
  ['another asks for the same in another way', { name: 'contact.search' }, {}, true],
  ['another asks for something else', { entity: 'contact:2' }, {}, false],
  ['another process asks', { instance: 1 }, {}, false],
  ['another workspace asks', { workspace: 'sibling' }, {}, false],
  ['another writes it', reply, {}, false],
  ['another asks later', { at: 1_100 }, {}, false],
  ['another has left', { cancelledAt: 900 }, {}, false],
  ['another leaves later', { cancelledAt: 1_100 }, {}, true],
  ['another is over', { settledAt: 900 }, {}, false],
  ['another writes the same business', { ...reply, key: 'a' }, { ...reply, key: 'a' }, true],
  ['another writes other business', { ...reply, key: 'b' }, { ...reply, key: 'a' }, false],
  ['another writes, and nobody says what', reply, reply, false],
  ['another lists the same', nothing, nothing, true],
  ['another lists something else', { ...nothing, name: 'ticket.list' }, nothing, false],
])('what is sent is wanted by another: %s', ([, other, own, wanted]) => expect(isWanted(other, own)).toBe(wanted))
