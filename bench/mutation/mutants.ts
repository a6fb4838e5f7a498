// The small mistakes that are planted in a source file: one change of one expression each. Found in the syntax tree, so that
// types, imports, comments and texts stay as they are.

import { parseSync } from 'vite'

export type Mutant = {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** The whole line, trimmed. */
  readonly source: string
  /** Such as `< to <=`. */
  readonly change: string
  readonly start: number
  readonly end: number
  readonly put: string
}

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown }
type Edit = Pick<Mutant, 'start' | 'end' | 'put' | 'change'>

/** Every mutant of a file, in the order of its text. */
export function mutantsOf(text: string, file: string): readonly Mutant[] {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  const edits: Edit[] = []
  walk(program as unknown as Node, (node) => edits.push(...editsOf(node, text)))
  return edits
    .toSorted((one, other) => one.start - other.start || (one.put < other.put ? -1 : 1))
    .map((edit) => ({ file, ...lineOf(text, edit.start), ...edit }))
}

export function mutate(text: string, { start, end, put }: Mutant): string {
  return text.slice(0, start) + put + text.slice(end)
}

/** Texts for people, and the numbers of profiles that no run of the tests uses. */
const unjudged = new Set(['cite', 'hint', 'verified', 'notVerified', 'needs', 'unarmed', 'strict', 'lenient'])

function walk(node: Node, visit: (node: Node) => void): void {
  if (node.type === 'ImportDeclaration') return
  // Of what only types know, the expression below an assertion is the one thing that runs.
  if (node.type.startsWith('TS') && !('expression' in node)) return
  // What the compiler wants beside an optional chain (`list[0]?.at ?? 0`) is never reached.
  if (isFallback(node)) return walk(node['left'] as Node, visit)
  if (node.type === 'Property' && isNode(node['key']) && unjudged.has(String(node['key']['name']))) return
  visit(node)
  for (const value of Object.values(node)) {
    const children = Array.isArray(value) ? value : [value]
    for (const child of children) if (isNode(child)) walk(child, visit)
  }
}

function isFallback(node: Node): boolean {
  const [left, right] = [node['left'], node['right']]
  return (
    node['operator'] === '??' &&
    isNode(left) &&
    left.type === 'ChainExpression' &&
    isNode(right) &&
    right.type === 'Literal'
  )
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'
}

const operators: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '+=': ['-='],
  '-=': ['+='],
}

const methods: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  find: 'findLast',
  findLast: 'find',
  min: 'max',
  max: 'min',
}

function editsOf(node: Node, text: string): readonly Edit[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression':
      return operatorEdits(node, text)
    case 'UnaryExpression':
      return node['operator'] === '!' ? [replace(node, text, inner(node['argument'] as Node, text))] : []
    case 'Literal':
      return literalEdits(node, text)
    case 'IfStatement':
    case 'ConditionalExpression':
      return negated(node['test'] as Node, text)
    case 'ReturnStatement':
      return emptied(node['argument'], text)
    case 'MemberExpression':
      return methodEdits(node['property'] as Node, text)
    case 'CallExpression':
      return text.slice(node.start, node.end) === 'tally.skip()' ? [replace(node, text, 'undefined')] : []
    default:
      return []
  }
}

function operatorEdits(node: Node, text: string): readonly Edit[] {
  const [left, right] = [node['left'] as Node, node['right'] as Node]
  const operator = String(node['operator'])
  if (operator.startsWith('+') && [left, right].some(isText)) return []
  const start = text.indexOf(operator, left.end)
  const place = { start, end: start + operator.length }
  // Two events never have the same number, so that before and not after are the same.
  const areNumbers = [left, right].some((side) => /\bseq$/u.test(inner(side, text)))
  const others = (operators[operator] ?? []).filter((put) => !areNumbers || put !== `${operator}=`)
  return others.map((put) => {
    // Where `&&` and `||` are mixed with `??` the language wants parentheses; the whole is written anew.
    if (operator !== '??') return { ...place, put, change: `${operator} to ${put}` }
    return { ...span(node), put: `((${inner(left, text)}) && (${inner(right, text)}))`, change: '?? to &&' }
  })
}

function isText(node: Node): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node['value'] === 'string')
}

function literalEdits(node: Node, text: string): readonly Edit[] {
  const { value } = node as { value?: unknown }
  if (typeof value === 'boolean') return [replace(node, text, String(!value))]
  if (typeof value !== 'number') return []
  const others = neighboursOf(value)
  return others.map((other) => replace(node, text, other < 0 ? `(${other})` : String(other)))
}

/** A millisecond more of a minute is no other rule; twice a minute is one. */
function neighboursOf(value: number): readonly number[] {
  if (Number.isInteger(value)) return value < 1_000 ? [value + 1, value - 1] : [value * 2, Math.round(value / 2)]
  return [value * 1.1, value * 0.9].map((other) => Number(other.toPrecision(6)))
}

/** Comparisons with `===` and negations are turned round where they stand. */
function negated(test: Node, text: string): readonly Edit[] {
  const operator = String(test['operator'])
  if (test.type === 'UnaryExpression' || operator === '===' || operator === '!==') return []
  const old = inner(test, text)
  return [{ ...span(test), put: `!(${old})`, change: `${short(old)} negated` }]
}

function emptied(argument: unknown, text: string): readonly Edit[] {
  if (!isNode(argument)) return []
  const old = inner(argument, text)
  if (['undefined', 'null', '[]', 'true', 'false'].includes(old)) return []
  const put = argument.type === 'ArrayExpression' ? '[]' : 'undefined'
  return [{ ...span(argument), put, change: `return ${short(old)} to ${put}` }]
}

function methodEdits(property: Node, text: string): readonly Edit[] {
  const put = methods[String(property['name'])]
  return put === undefined || property.type !== 'Identifier' ? [] : [replace(property, text, put)]
}

function replace(node: Node, text: string, put: string): Edit {
  return { ...span(node), put, change: `${short(inner(node, text))} to ${short(put)}` }
}

function span({ start, end }: Node): { readonly start: number; readonly end: number } {
  return { start, end }
}

function inner({ start, end }: Node, text: string): string {
  return text.slice(start, end)
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ')
  return line.length > 40 ? `${line.slice(0, 37)}...` : line
}

function lineOf(text: string, at: number): { readonly line: number; readonly source: string } {
  const line = text.slice(0, at).split('\n').length
  return { line, source: (text.split('\n')[line - 1] ?? '').trim() }
}
