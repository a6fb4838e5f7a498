// Goal: a manifest gets one script and is otherwise what somebody has written, to the letter.

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { withScript } from './manifest.ts'

const edited = (text: string): string => withScript(text, JSON.parse(text) as object)

test.for([
  ['{}', '{\n  "scripts": {\n    "chaos": "brownout"\n  }\n}'],
  ['{ "a": 1e3 }', '{ "a": 1e3, "scripts": { "chaos": "brownout" } }'],
  ['{\n\t"a": 1.50,\n\t"scripts": {}\n}\n', '{\n\t"a": 1.50,\n\t"scripts": {\n\t\t"chaos": "brownout"\n\t}\n}\n'],
  [
    '{\r\n  "scripts": {\r\n    "test": "\\u0041"\r\n  }\r\n}\r\n',
    '{\r\n  "scripts": {\r\n    "test": "\\u0041",\r\n    "chaos": "brownout"\r\n  }\r\n}\r\n',
  ],
  [
    '{ "scripts": { "chaos": "mine", "b": "}" }, "z": [{}] }',
    '{ "scripts": { "chaos": "brownout", "b": "}" }, "z": [{}] }',
  ],
  // Two of one name: the last is the one that counts.
  ['{"scripts":{"chaos":"a","chaos":"b"}}', '{"scripts":{"chaos":"a","chaos":"brownout"}}'],
] as const)('%j becomes %j', ([text, becomes]) => {
  expect(edited(text)).toBe(becomes)
})

test('whatever the manifest, it says the same besides, and a second time nothing changes', () => {
  const scripts = fc.dictionary(fc.string(), fc.string())
  const manifest = fc.tuple(fc.dictionary(fc.string(), fc.jsonValue()), fc.option(scripts, { nil: undefined }))
  fc.assert(
    fc.property(manifest, fc.constantFrom(0, 2, '\t'), ([others, own], indent) => {
      const text = JSON.stringify({ ...others, scripts: own }, null, indent)
      const before = JSON.parse(text) as { readonly scripts?: object }
      const after = edited(text)
      expect(JSON.parse(after)).toEqual({ ...before, scripts: { ...before.scripts, chaos: 'brownout' } })
      expect(edited(after)).toBe(after)
    }),
  )
})
