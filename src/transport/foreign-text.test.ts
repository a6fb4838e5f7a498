import { expect, test } from 'vitest'
import { limits } from '#context/limits.ts'
import { createRedactor, textOf } from './foreign-text.ts'

test('credentials that were sent are blotted out wherever they turn up', () => {
  const redactor = createRedactor()
  redactor.learn('Bearer dG9rOjEyMzQ1Njc4')
  redactor.learn('scheme-less-credentials')
  expect(redactor.clean('dG9rOjEyMzQ1Njc4 and scheme-less-credentials, dG9rOjEyMzQ1Njc4')).toBe(
    '[secret] and [secret], [secret]',
  )
})

test('a token that was sent as a name or a password is blotted out as it is, too', () => {
  const redactor = createRedactor()
  redactor.learn(`Basic ${btoa('tok_012345678:p4ssw0rd-of-mine')}`)
  expect(redactor.clean('tok_012345678, p4ssw0rd-of-mine')).toBe('[secret], [secret]')
})

test('short credentials would blot out ordinary words and are left alone', () => {
  const redactor = createRedactor()
  redactor.learn('Bearer e')
  redactor.learn(undefined)
  expect(redactor.clean('the rest')).toBe('the rest')
})

test('a secret is blotted out before the text is cut', () => {
  const redactor = createRedactor()
  redactor.learn(`Bearer ${'s'.repeat(20)}`)
  const cleaned = redactor.clean('x'.repeat(limits.foreignText - 10) + 's'.repeat(20))
  expect(cleaned.length).toBe(limits.foreignText - 2)
  expect(cleaned).not.toContain('ss')
})

test.for([
  ['timeout', 'timeout'],
  [new RangeError('mine'), 'RangeError: mine'],
  [undefined, 'undefined'],
  [Symbol('s'), 'Symbol(s)'],
  [Object.create(null), '(object without text)'],
  [
    {
      toString: () => {
        throw new Error('no')
      },
    },
    '(object without text)',
  ],
])('%# anything becomes text without throwing', ([value, text]) => {
  expect(textOf(value)).toBe(text)
})
