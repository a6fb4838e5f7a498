import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { oneLine, plainText, presentable, redactSecrets } from './foreign-text.ts'

test.for([
  ['Authorization: Bearer dG9rOmFiY2RlZjEyMzQ1Njc4', 'Authorization: Bearer [redacted]'],
  ['sent Bearer tok_en12 twice', 'sent Bearer [redacted] twice'],
  ['basic dXNlcjpwYXNz= refused', 'basic [redacted] refused'],
  ['got Bearer abcdefghijklmno', 'got Bearer [redacted]'],
  ['Basic abcdef.', 'Basic [redacted]'],
  ['Bearer authentication failed', 'Bearer [redacted] failed'],
  ['Bearer Bearer abcdefgh', 'Bearer Bearer [redacted]'],
  ['Bearer\n  a-b~c+d/e==, twice', 'Bearer [redacted], twice'],
  ['token tok_live_8f7a expired', 'token [redacted] expired'],
  ['key dG9rOmFiY2RlZjEyMzQ1Njc4 is unknown', 'key [redacted] is unknown'],
  ['{"access_token":"abcd1234","id":"7"}', '{"access_token":"[redacted]","id":"7"}'],
  ['password=hunter22&user=ada', 'password=[redacted]&user=ada'],
  ['jwt eyJhbGciOiJI.eyJzdWIiOiIx.c2ln', 'jwt [redacted]'],
  ['https://ada:secret@api.intercom.io/me', 'https://[redacted]@api.intercom.io/me'],
  ['no contact for ada.lovelace+1@mail.example.org', 'no contact for [email]'],
  ['Cookie: session=abcd; theme=dark', 'Cookie: [redacted]'],
  ['{"set-cookie":"id=1; Path=/","status":"401"}', '{"set-cookie":"[redacted]","status":"401"}'],
  ['{"type":"comment","body":"Dear \\"Ada\\", it is bad","id":7}', '{"type":"comment","body":"[redacted]","id":7}'],
  ["sent { body: 'Dear Ada', id: 7 }", "sent { body: '[redacted]', id: 7 }"],
  ['{"body":"cut off in the mid', '{"body":"[redacted]'],
  ['split \u200Btok_\u202Eabcd1234', 'split [redacted]'],
])('redacts %s', ([text, shown]) => {
  expect(presentable(text ?? '')).toBe(shown)
})

test.for([
  'Bearer was no help',
  'Basic [redacted] is kept',
  'intercom-client@7.0.3 answered 503',
  'GET /contacts/{id} on api.au.intercom.io at 11:46:20Z',
  'status.json at /api/v2/status.json says none',
  'contact.read asked 3 times, 10.5s apart',
  'sent by fixtures/clients/resilient/whole-answer.ts:29',
  'sent by ./src/desk.ts:42',
])('leaves %s alone', (text) => {
  expect(presentable(text)).toBe(text)
})

test.for([
  ['Cannot find module /home/ada/shop/src/desk.ts', 'Cannot find module desk.ts'],
  ['at file:///Users/ada/shop/desk.mjs:3:1', 'at desk.mjs:3:1'],
  ["ENOENT: no such file or directory, open '/srv/shop/.env'", "ENOENT: no such file or directory, open '.env'"],
  ['C:\\Users\\ada\\desk.ts:3 is broken', 'desk.ts:3 is broken'],
  ['boom\n    at load (/srv/shop/desk.ts:3:1)\n    at node:internal/main:1:1', 'boom'],
])('hides the path in %s', ([text, shown]) => {
  expect(presentable(text ?? '')).toBe(shown)
})

test('removes terminal sequences, bidirectional controls and lone surrogates', () => {
  expect(plainText('\u001B[31mred\u001B[0m\u0007 \u202Eevil\u2069\r\nnext\tcell \uD800')).toBe(
    'red evil\nnext cell \uFFFD',
  )
})

// oxlint-disable-next-line no-control-regex -- what may never be shown
const forbidden = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom('\u001B', '[', '3', '1', 'm', '\u009B', '\u202E', '\uD800', '\n', '\r', 'a', '@', '.', 'o'),
  }),
)

test('no text keeps a control character, and cleaning twice changes nothing more', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = presentable(text)
      expect(shown).not.toMatch(forbidden)
      expect(shown.isWellFormed()).toBe(true)
      expect(presentable(shown)).toBe(shown)
      expect(oneLine(text)).not.toContain('\n')
    }),
    { numRuns: 1_000 },
  )
})

test('a token is redacted wherever it stands', () => {
  const token = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/u).map((body) => `tok_${body}`)
  const around = fc.string({ unit: fc.constantFrom(' ', '"', ':', '/', 'x ', '\n', ',', '(') })
  fc.assert(
    fc.property(around, token, around, (before, secret, after) => {
      expect(presentable(`${before} ${secret} ${after}`)).not.toContain(secret)
    }),
  )
})

test('what follows Bearer or Basic is redacted, whatever it looks like, and stays so', () => {
  const token = fc.stringMatching(/^[\w.~+/=-]{6,40}$/u)
  const words = fc.string({ unit: fc.constantFrom('Bearer ', 'basic ', 'Basic\n', 'token: ', 'x ', '"', ', ') })
  fc.assert(
    fc.property(words, token, words, (before, secret, after) => {
      const shown = redactSecrets(`${before} Bearer ${secret} ${after}`)
      expect(shown).toMatch(/Bearer \[redacted\]/u)
      expect(redactSecrets(shown)).toBe(shown)
    }),
  )
})

test('redaction is linear: hostile repetition does not make it slow', () => {
  for (const unit of ['a', 'a@', 'a.', '/a', '//a:', 'Bearer ', 'Basic ', 'Bearer [', 'eyJaaaaa.', 'token: ', '\n at '])
    expect(redactSecrets(presentable(unit.repeat(20_000))).length).toBeGreaterThan(0)
}, 5_000)
