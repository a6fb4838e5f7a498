import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { readMessages, writeMessage } from './channel.ts'

async function heard(write: (channel: PassThrough) => void): Promise<unknown[]> {
  const channel = new PassThrough()
  const messages: unknown[] = []
  readMessages(channel, (message) => messages.push(message))
  write(channel)
  channel.end()
  await new Promise((resolve) => channel.once('end', resolve))
  return messages
}

test('messages arrive as they were sent', async () => {
  const sent = [
    { kind: 'beat', at: 1 },
    { kind: 'finished', text: 'a\nb ü' },
  ]
  expect(await heard((channel) => sent.forEach((message) => void writeMessage(channel, message)))).toEqual(sent)
})

test('a message may come in pieces', async () => {
  const messages = await heard((channel) => Array.from('{"kind":"beat"}\n').forEach((letter) => channel.write(letter)))
  expect(messages).toEqual([{ kind: 'beat' }])
})

test.for(['nothing happened\n', '{"kind":\n', '\u0000\u0001\n', '}\n{"kind":"beat"\n'])(
  'what a client writes in between, %j, is nobody’s word',
  async (garbage) => {
    const messages = await heard((channel) => {
      channel.write(garbage)
      channel.write('{"kind":"beat"}\n')
    })
    expect(messages).toEqual([{ kind: 'beat' }])
  },
)
