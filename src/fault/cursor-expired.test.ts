import { expect, test } from 'vitest'
import { cursorExpired } from './cursor-expired.ts'
import { decisionOf } from './test-asking.ts'

test('the first page is served as ever', () => {
  expect(decisionOf(cursorExpired, {})).toEqual({ kind: 'pass' })
})

test('the next page of a list or a search is refused', () => {
  const ofList = { url: new URL('https://api.test/contacts?starting_after=abc') }
  const ofSearch = { method: 'POST', body: '{"pagination":{"starting_after":"abc"}}' }
  for (const exchange of [ofList, ofSearch]) {
    const decision = decisionOf(cursorExpired, {}, exchange)
    expect(decision).toMatchObject({ kind: 'respond', effect: 'none', status: 400 })
    expect(JSON.parse('body' in decision ? String(decision.body) : '')).toMatchObject({
      type: 'error.list',
      errors: [{ code: 'client_error', message: expect.stringContaining('Invalid starting_after param') }],
    })
  }
})
