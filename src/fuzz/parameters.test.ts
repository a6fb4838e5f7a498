// Goal: every kind of fault there is can be drawn and placed, without a line about it in this folder.

import { expect, test } from 'vitest'
import { faultKinds } from '#fault/catalog.ts'
import { createPrng } from '#random/prng.ts'
import { draw } from './draw.ts'
import { formsOf } from './forms.ts'
import { parametersOf } from './parameters.ts'

const kinds = [...faultKinds.values()]

test.for(kinds.map(({ kind }) => kind))('parameters of %s are drawn as its schema wants them', (name) => {
  const kind = faultKinds.get(name)
  if (!kind) throw new Error(name)
  const drawn = Array.from({ length: 20 }, (_, index) =>
    draw(parametersOf(kind, [10_000]), createPrng('1', name, index)),
  )
  for (const parameters of drawn) expect(kind.schema.safeParse(parameters).success).toBe(true)
})

test.for(kinds.map(({ kind }) => kind))(
  'every form of %s is one that its schema accepts, and none is there twice',
  (name) => {
    const kind = faultKinds.get(name)
    if (!kind) throw new Error(name)
    const forms = formsOf(kind)
    expect(forms.length).toBeGreaterThan(0)
    const parsed = forms.map((form) => JSON.stringify(kind.schema.parse(form)))
    expect(new Set(parsed).size).toBe(forms.length)
  },
)

test('each choice of a parameter is among the forms', () => {
  const forms = (name: string) => formsOf(faultKinds.get(name) as (typeof kinds)[number])
  expect(forms('corrupt-body')).toHaveLength(6)
  expect(forms('hang').map(({ phase = 'headers' }) => phase)).toEqual(['headers', 'body'])
  expect(forms('status').length).toBeGreaterThan(30)
})
