// YAML text to plain data, keeping where every key and value stands. The format is a small part of YAML 1.2: maps, lists and
// scalars. Anchors, tags, several documents and deep nesting are refused, so a file cannot be larger than it looks.

import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Node, Pair, YAMLError } from 'yaml'
import { limits } from '#context/limits.ts'
import type { Hint, Path, Problem } from './problem.ts'

/** Offsets into the text, end excluded. */
type Span = { readonly start: number; readonly end: number }

/** A problem at a place, before the place has a line and a column. */
export type Misprint = { readonly span: Span; readonly what: string; readonly hint?: Hint }

export type Document = {
  readonly data: unknown
  readonly misprints: readonly Misprint[]
  /** Where a problem stands: the nearest thing that exists in the file. */
  spanOf(problem: Problem): Span
  /** Whether it stands there itself. */
  holds(path: Path): boolean
  /** 1-based. */
  placeOf(offset: number): { readonly line: number; readonly column: number }
}

type Spans = { readonly key?: Span; readonly value: Span }

export function readDocument(text: string): Document {
  const lines = new LineCounter()
  const yaml = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2', logLevel: 'error' })
  const spans = new Map<string, Spans>()
  const misprints = firstErrors(yaml.errors).map((error) => misprintOf(error, text))
  const data = misprints.length > 0 || yaml.contents === null ? null : copy(yaml.contents, [], spans, misprints)
  return {
    data,
    misprints,
    spanOf: ({ path, on }) => nearest(path, on, spans),
    holds: (path) => spans.has(keyOf(path)),
    placeOf: (offset) => {
      const { line, col } = lines.linePos(offset)
      return { line: Math.max(1, line), column: Math.max(1, col) }
    },
  }
}

export type KeyPlace = { readonly path: Path; readonly key?: Span; readonly value: Span }

/** The same of a text in another language, whose reader says what it holds and where. */
export function documentOf(text: string, data: unknown, places: readonly KeyPlace[]): Document {
  const spans = new Map(places.map(({ path, ...found }) => [keyOf(path), found]))
  return {
    data,
    misprints: [],
    spanOf: ({ path, on }) => nearest(path, on, spans),
    holds: (path) => spans.has(keyOf(path)),
    placeOf(offset) {
      const before = text.slice(0, offset).split('\n')
      return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
    },
  }
}

/** Unlike the dotted form of a path, unambiguous. */
function keyOf(path: Path): string {
  return path.join('\u0000')
}

function copy(node: Node, path: Path, spans: Map<string, Spans>, misprints: Misprint[], key?: Span): unknown {
  const value = spanOfNode(node, key)
  spans.set(keyOf(path), key ? { key, value } : { value })
  const refuse = (what: string, hint: string): null => {
    misprints.push({ span: value, what, hint })
    return null
  }
  if (path.length > limits.scenarioDepth) {
    return refuse(tooDeep.what, tooDeep.hint)
  }
  if (isAlias(node)) return refuse(`the alias *${node.source} is not part of the format`, 'Write the value out.')
  if ('anchor' in node && node.anchor !== undefined) {
    return refuse(
      `the anchor &${String(node.anchor)} is not part of the format`,
      'Write the value out where it is needed.',
    )
  }
  if (node.tag !== undefined) return refuse('YAML tags are not part of the format', 'Remove the tag.')
  if (isMap(node)) return copyMap(node.items, path, spans, misprints)
  if (isSeq(node)) {
    return node.items.map((item, index) => (isNode(item) ? copy(item, [...path, index], spans, misprints) : null))
  }
  return isScalar(node) ? node.value : null
}

function copyMap(items: readonly Pair[], path: Path, spans: Map<string, Spans>, misprints: Misprint[]): unknown {
  const map: Record<string, unknown> = {}
  for (const pair of items) {
    const span = isNode(pair.key) ? spanOfNode(pair.key) : { start: 0, end: 1 }
    const name = isScalar(pair.key) ? (pair.key.source ?? String(pair.key.value)) : ''
    if (name === '' || name === '__proto__') {
      misprints.push({ span, what: 'this cannot be a key', hint: 'Keys are words.' })
    } else {
      const child = [...path, name]
      if (isNode(pair.value)) map[name] = copy(pair.value, child, spans, misprints, span)
      else {
        spans.set(keyOf(child), { key: span, value: span })
        map[name] = null
      }
    }
  }
  return map
}

/** An empty value has no place of its own: it stands at its key. */
function spanOfNode(node: Node, key?: Span): Span {
  const [start, end] = node.range ?? [0, 1]
  return key !== undefined && end <= start ? key : { start, end }
}

function nearest(path: Path, on: 'key' | 'value', spans: ReadonlyMap<string, Spans>): Span {
  const found = spans.get(keyOf(path))
  if (found) return on === 'key' ? (found.key ?? found.value) : found.value
  if (path.length === 0) return { start: 0, end: 1 }
  // What is missing is shown at the key of the map that lacks it.
  return nearest(path.slice(0, -1), 'key', spans)
}

/** Keys that are there twice are told all; of other errors only the first, because the rest follow from it. */
function firstErrors(errors: readonly YAMLError[]): readonly YAMLError[] {
  return errors[0]?.code === 'DUPLICATE_KEY'
    ? errors.filter(({ code }) => code === 'DUPLICATE_KEY')
    : errors.slice(0, 1)
}

type Words = { readonly what: string; readonly hint: string }

const tooDeep: Words = {
  what: 'this is nested too deeply',
  hint: `Nothing in such a file is more than ${limits.scenarioDepth} levels deep.`,
}

const words: Partial<Record<YAMLError['code'], Words>> = {
  TAB_AS_INDENT: { what: 'a tab is used for indentation', hint: 'Indent with spaces.' },
  BAD_INDENT: {
    what: 'this line starts in another column than the entries it belongs to',
    hint: 'Entries of one map start in the same column.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    what: 'this value reads as a key with a value of its own',
    hint: 'A text with a colon and a space needs quotes; or the next line is indented too far.',
  },
  MULTILINE_IMPLICIT_KEY: {
    what: 'this key goes over several lines',
    hint: 'Is a colon missing, or a line indented too far?',
  },
  MULTIPLE_DOCS: {
    what: 'a second document begins here',
    hint: 'One file is one document: remove the `---` line and what follows.',
  },
  RESOURCE_EXHAUSTION: tooDeep,
  UNEXPECTED_TOKEN: { what: 'this does not belong here', hint: 'Is there a bracket or a quote too many?' },
  BAD_SCALAR_START: { what: 'a text cannot begin with this character', hint: 'Put the text in quotes.' },
}

function misprintOf(error: YAMLError, text: string): Misprint {
  const [start, end] = error.pos
  const span = { start, end: Math.max(end, start + 1) }
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[^\s:,{}]+/u.exec(text.slice(start, start + 100))?.[0] ?? ''
    const hint = 'Remove one of the two, or give it another name.'
    return { span: { start, end: start + key.length }, what: `the key \`${key}\` is there twice`, hint }
  }
  const bracket = /must be sufficiently indented and end with a ([}\]])/u.exec(error.message)?.[1]
  if (bracket !== undefined) {
    // The parser notices at the next line; the place to mend is the end of the text before it.
    const last = Math.max(0, text.slice(0, start).trimEnd().length - 1)
    return {
      span: { start: last, end: last + 1 },
      what: `a \`${bracket}\` is missing after this`,
      hint: 'Close the bracket.',
    }
  }
  if (error.message.startsWith('Missing closing')) {
    // Again noticed late, at the end of the file: the first quote that opens a value without closing it is the culprit.
    const open = openQuote(text.slice(0, start))
    return { span: { start: open, end: open + 1 }, what: 'this quote is never closed', hint: 'Close it, or remove it.' }
  }
  const known = words[error.code]
  if (known) return { span, ...known }
  const message = `${error.message.charAt(0).toLowerCase()}${error.message.slice(1)}`
  return { span, what: `this is not YAML: ${message}`, hint: 'Is a quote, a colon or a bracket missing?' }
}

function openQuote(text: string): number {
  const match = /[:\-[{,] *(["'])(?:(?!\1).)*$/mu.exec(text)
  return match ? match.index + match[0].search(/["']/u) : Math.max(0, text.trimEnd().length - 1)
}
