import { expect, test } from 'vitest'
import { melted } from './alternatives.ts'

const text = { type: 'string' }
const mapOf = (properties: object, ...required: string[]) => ({ type: 'object', properties, required })

test('one of several maps has the fields of all, of which those are needed that all need', () => {
  const [dog, cat] = [
    mapOf({ kind: { type: 'string', const: 'dog' }, name: text, barks: text }, 'kind', 'name', 'barks'),
    mapOf({ kind: { type: 'string', const: 'cat' }, name: text }, 'kind', 'name'),
  ]
  const { properties, required } = melted({ description: 'a pet', oneOf: [dog, cat] })
  expect(Object.keys(properties as object)).toEqual(['kind', 'name', 'barks'])
  expect(properties).toMatchObject({ kind: { enum: ['dog', 'cat'] } })
  expect(required).toEqual(['kind', 'name'])
})

test('below a list, too, and a map that may be missing is a map', () => {
  const list = { type: 'array', items: { anyOf: [mapOf({ name: text }), { type: 'null' }] } }
  expect(melted(list)).toMatchObject({ items: { type: 'object', properties: { name: text } } })
})

test('what is a text or a number stays that', () => {
  const either = { anyOf: [text, { type: 'number' }] }
  expect(melted(either)).toEqual(either)
})
