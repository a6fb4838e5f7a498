// Goal: a Node that cannot change whom it trusts is told apart, and starts. Method: a module without the function, as 22.18 has it.

import { getCACertificates } from 'node:tls'
import { expect, test } from 'vitest'
import { trust } from './trust.ts'

test('without the function that changes it, HTTPS is refused in a sentence', () => {
  expect(() => trust('', { getCACertificates })).toThrow(/HTTPS on real sockets takes Node 22\.19/u)
})
