import { expect, test } from 'vitest'
import { cursorOf } from './page-cursor.ts'

test.for<[string, string, string | undefined]>([
  ['/contacts', '', undefined],
  ['/contacts?starting_after=abc', '', 'abc'],
  ['/contacts?starting_after=a%3D%3D', '', 'a=='],
  ['/contacts?starting_after=', '', undefined],
  ['/contacts/search', '{"pagination":{"per_page":5,"starting_after":"abc"}}', 'abc'],
  ['/contacts/search', '{"pagination":{"starting_after":null}}', undefined],
  ['/contacts/search', '{"pagination":["starting_after"]}', undefined],
  ['/contacts/search', '{"query":{"value":"starting_after"}}', undefined],
  ['/contacts/search', '{"starting_after": half', undefined],
  ['/contacts/search', '["starting_after"]', undefined],
])('%s with the body %s has the cursor %s', ([path, body, cursor]) => {
  expect(cursorOf({ url: new URL(path, 'https://api.test'), body })).toBe(cursor)
})
