import { expect, test } from 'vitest'
import { basicCredentials } from './basic-auth.ts'

test.for<[string, string | undefined]>([
  [`Basic ${btoa('token:')}`, 'token:'],
  [`basic  ${btoa('name:password')}`, 'name:password'],
  ['Basic', undefined],
  ['Basic a b', undefined],
  ['Basic ***', undefined],
  ['Basic abcde', undefined],
  ['Basic dG8=', 'to'],
  ['Basic dG8', 'to'],
  ['Bearer dG9rZW46', undefined],
  ['', undefined],
])('"%s" holds %j', ([authorization, credentials]) => {
  expect(basicCredentials(authorization)).toBe(credentials)
})
