// The text below the format: what is not YAML, and which parts of YAML are not part of the format.

import { expect, test } from 'vitest'
import { edited, sample, told } from './sample.ts'

test('an empty file', () => {
  expect(told('')).toMatchInlineSnapshot(`
    "sample.yaml: the file is empty
    It begins with \`scenario: <name>\`."
  `)
})

test('a file of comments only', () => {
  expect(told('# nothing here\n')).toMatchInlineSnapshot(`
    "sample.yaml: the file is empty
    It begins with \`scenario: <name>\`."
  `)
})

test('a list instead of a map', () => {
  expect(told('- scenario: sample\n')).toMatchInlineSnapshot(`
    "sample.yaml: a scenario is a map, but this file holds a list
    It begins with \`scenario: <name>\`."
  `)
})

test('a sentence instead of a map', () => {
  expect(told('please replay the outage\n')).toMatchInlineSnapshot(`
    "sample.yaml: a scenario is a map, but this file holds "please replay the outage"
    It begins with \`scenario: <name>\`."
  `)
})

test('a tab used for indentation', () => {
  expect(told(edited(['  reads:', '\treads:']))).toMatchInlineSnapshot(`
    "sample.yaml:10:1: a tab is used for indentation
       10 |  reads: { do: contact.read, rate: 12/min, impatient: 5s }
          | ^
    Indent with spaces."
  `)
})

test('a line indented too little', () => {
  expect(told(edited(['  control:', ' control:']))).toMatchInlineSnapshot(`
    "sample.yaml:11:1: this line starts in another column than the entries it belongs to
       11 |  control: { do: contact.read, every: 30s, workspace: sibling }
          | ^
    Entries of one map start in the same column."
  `)
})

test('a line indented too far', () => {
  expect(told(edited(['  control:', '    control:']))).toMatchInlineSnapshot(`
    "sample.yaml:11:1: this line starts in another column than the entries it belongs to
       11 |     control: { do: contact.read, every: 30s, workspace: sibling }
          | ^
    Entries of one map start in the same column."
  `)
})

test('a missing bracket', () => {
  expect(told(edited(['severity: P2 }', 'severity: P2']))).toMatchInlineSnapshot(`
    "sample.yaml:3:61: a \`}\` is missing after this
        3 | source: { document: seeds/000, date: 2026-04-27, severity: P2
          |                                                             ^
    Close the bracket."
  `)
})

test('a bracket too many', () => {
  expect(told(edited(['severity: P2 }', 'severity: P2 }}']))).toMatchInlineSnapshot(`
    "sample.yaml:3:64: this does not belong here
        3 | source: { document: seeds/000, date: 2026-04-27, severity: P2 }}
          |                                                                ^
    Is there a bracket or a quote too many?"
  `)
})

test('a key that is there twice', () => {
  expect(told(edited(['  control: {', '  reads: {']))).toMatchInlineSnapshot(`
    "sample.yaml:11:3: the key \`reads\` is there twice
       11 |   reads: { do: contact.read, every: 30s, workspace: sibling }
          |   ^^^^^
    Remove one of the two, or give it another name."
  `)
})

test('a text with a colon and a space', () => {
  expect(told(edited(['title: The API', 'title: Incident: the API']))).toMatchInlineSnapshot(`
    "sample.yaml:2:8: this value reads as a key with a value of its own
        2 | title: Incident: the API is slow
          |        ^
    A text with a colon and a space needs quotes; or the next line is indented too far."
  `)
})

test('a text with a comma inside braces', () => {
  expect(told(edited(['fact: It becomes slow.', 'fact: It becomes slow, and slower.']))).toMatchInlineSnapshot(`
    "sample.yaml:20:42: unknown key \`and slower.\` in \`timeline.0\`
       20 |   - { at: 11:10Z, fact: It becomes slow, and slower. }
          |                                          ^^^^^^^^^^^
    Is this part of a text? A text with a comma inside { } needs quotes."
  `)
})

test('an anchor and its alias', () => {
  expect(
    told(
      edited(['ours: { region: au }', 'ours: &place { region: au }'], ['sibling: { region: us }', 'sibling: *place']),
    ),
  ).toMatchInlineSnapshot(`
    "sample.yaml:6:30: the anchor &place is not part of the format
        6 |   workspaces: { ours: &place { region: au }, sibling: *place }
          |                              ^^^^^^^^^^^^^^
    Write the value out where it is needed.
    sample.yaml:6:55: the alias *place is not part of the format
        6 |   workspaces: { ours: &place { region: au }, sibling: *place }
          |                                                       ^^^^^^
    Write the value out."
  `)
})

test('a quote that is not closed', () => {
  expect(told(edited(['title: The', 'title: "The']))).toMatchInlineSnapshot(`
    "sample.yaml:2:8: this quote is never closed
        2 | title: "The API is slow
          |        ^
    Close it, or remove it."
  `)
})

test('a text that begins with a reserved character', () => {
  expect(told(edited(['title: The', 'title: @The']))).toMatchInlineSnapshot(`
    "sample.yaml:2:8: a text cannot begin with this character
        2 | title: @The API is slow
          |        ^
    Put the text in quotes."
  `)
})

test('a key without a colon', () => {
  expect(told(edited(['armed: {', 'armed {']))).toMatchInlineSnapshot(`
    "sample.yaml:24:20: this value reads as a key with a value of its own
       24 | armed { faultHits: 5, unansweredFor: 1s }
          |                    ^
    A text with a colon and a space needs quotes; or the next line is indented too far."
  `)
})

test('a tag', () => {
  expect(told(edited(['title: The', 'title: !!js/function The']))).toMatchInlineSnapshot(`
    "sample.yaml:2:22: YAML tags are not part of the format
        2 | title: !!js/function The API is slow
          |                      ^^^^^^^^^^^^^^^
    Remove the tag."
  `)
})

test('a second document', () => {
  expect(told(`${sample}---\n${sample}`)).toMatchInlineSnapshot(`
    "sample.yaml:27:1: a second document begins here
       27 | ---
          | ^^^
    One file is one document: remove the \`---\` line and what follows."
  `)
})

test('a prototype as key', () => {
  expect(told(edited(['  reads:', '  __proto__:']))).toMatchInlineSnapshot(`
    "sample.yaml:10:3: this cannot be a key
       10 |   __proto__: { do: contact.read, rate: 12/min, impatient: 5s }
          |   ^^^^^^^^^
    Keys are words."
  `)
})

test('deep nesting', () => {
  expect(told(edited(['with: { delay: 2s }', `with: ${'{ a: '.repeat(30)}1${' }'.repeat(30)}`])))
    .toMatchInlineSnapshot(`
    "sample.yaml:13:134: this is nested too deeply
       13 | ...{ a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: ...
          |                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    Nothing in such a file is more than 12 levels deep."
  `)
})
