// What is wrong with a loaded client, as sentences, before any time is spent on a run: it is no definition, a promise is
// bound to nothing, an operation has a name that no service knows, a ladder does not fit a read or a write.

import { UserError } from '#context/user-error.ts'
import type { IntentFacts } from '#history/header.ts'
import type { Promises } from '#history/promises.ts'
import { harnessActions, isClientDefinition } from './client.ts'
import type { Client, ClientDefinition } from './client.ts'
import { assembled, fieldsOf, functionParts, takeApart, takeDefinitionApart, type Parts } from './parts.ts'
import { resolvePromises } from './promises.ts'
import { nearestName } from '#context/nearest-name.ts'

/** What a module exports as its client, each part read a single time, or what is wrong with it. */
export function definitionOf(exported: unknown): ClientDefinition | readonly string[] {
  if (typeof exported !== 'object' || exported === null) return [`It is ${kindOf(exported)}, not a client.`]
  if (!isClientDefinition(exported)) return ['It was not made with defineClient().']
  const { read, problems: unreadable } = takeDefinitionApart(exported)
  const problems = unreadable.length > 0 ? unreadable : definitionProblems(read)
  if (problems.length > 0) return problems
  const { create, ...texts } = read as ClientDefinition
  return { ...texts, create: (world) => create.call(exported, world) }
}

function definitionProblems({ name, promises, create }: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = []
  if (typeof name !== 'string' || name.trim() === '') problems.push('It has no name.')
  if (typeof promises !== 'object' || promises === null) problems.push('It has no promises.')
  if (typeof create !== 'function') problems.push('It has no create(world).')
  return problems
}

/** Problems of what `create` returned. `known` are the intents of all services; without them no name is doubted. */
export function clientProblems(created: unknown, promises: Promises, known?: readonly IntentFacts[]): string[] {
  if (typeof created !== 'object' || created === null) return [withoutOperations(created)]
  return partProblems(created, takeApart(created), promises, known)
}

function partProblems(
  created: object,
  { read, problems: unreadable }: Parts,
  promises: Promises,
  known?: readonly IntentFacts[],
): string[] {
  if (unreadable.length > 0) return [...unreadable]
  const { operations } = read
  if (typeof operations !== 'object' || operations === null) return [withoutOperations(created)]
  const names = known?.map((intent) => intent.name)
  const { fields, problems } = fieldsOf('operation', operations)
  for (const [name, operation] of fields) {
    if (typeof operation !== 'function')
      problems.push(`The operation "${name}" is ${kindOf(operation)}, not a function.`)
    if (names && !names.includes(name))
      problems.push(`No service knows the operation "${name}".${suggestion(name, names)}`)
  }
  if (Object.keys(operations).length === 0) problems.push('create() returned no operations.')
  // One that is misspelt itself is no suggestion.
  const returned = Object.keys(operations).filter((name) => names?.includes(name) ?? true)
  for (const name of Object.keys(promises))
    if (!Object.hasOwn(operations, name))
      problems.push(
        `There is a promise for "${name}", but create() returned no such operation.${suggestion(name, returned)}`,
      )
  for (const intent of known ?? []) problems.push(...ladderProblems(intent, promises))
  return [...problems, ...optionalProblems(read)]
}

function withoutOperations(created: unknown): string {
  return `create() returned ${kindOf(created)} without "operations".`
}

/** What a client may offer besides its operations must be what it looks like; a name nobody asks for is left alone. */
function optionalProblems(read: Readonly<Record<string, unknown>>): string[] {
  const problems = functionParts
    .filter((part) => read[part] !== undefined && typeof read[part] !== 'function')
    .map((part) => `"${part}" is ${kindOf(read[part])}, not a function.`)
  const { actions } = read
  return actions === undefined ? problems : [...problems, ...actionProblems(actions)]
}

function actionProblems(actions: unknown): string[] {
  if (typeof actions !== 'object' || actions === null || Array.isArray(actions))
    return [`"actions" is ${kindOf(actions)}; it must be an object of functions, such as { 'media.pause': () => ... }.`]
  const { fields, problems } = fieldsOf('action', actions)
  for (const [action, take] of fields) {
    if (typeof take !== 'function') problems.push(`The action "${action}" is ${kindOf(take)}, not a function.`)
    if (harnessActions.includes(action))
      problems.push(`The action "${action}" is the harness's own; give yours another name.`)
  }
  return problems
}

/** The client of what `create` returned. Throws one error that lists all problems of it. */
export function checkClient(
  definition: Pick<ClientDefinition, 'name' | 'promises'>,
  created: unknown,
  known?: readonly IntentFacts[],
): Client {
  const unusable = (problems: readonly string[]): UserError =>
    new UserError(`The client "${definition.name}" is not usable. ${problems.join(' ')}`)
  if (typeof created !== 'object' || created === null) throw unusable([withoutOperations(created)])
  const parts = takeApart(created)
  const problems = partProblems(created, parts, resolvePromises(definition), known)
  if (problems.length > 0) throw unusable(problems)
  return assembled(created, parts)
}

function ladderProblems(intent: IntentFacts, promises: Promises): string[] {
  const wrong = intent.effect === 'read' ? ['queue', 'drop'] : ['stale', 'fallback']
  return (promises[intent.name]?.degrade ?? [])
    .filter((step) => wrong.includes(step.kind))
    .map((step) => `"${intent.name}" is a ${intent.effect}, so it cannot promise "${step.kind}".`)
}

function suggestion(name: string, known: readonly string[]): string {
  const meant = nearestName(name, known)
  return meant ? ` Did you mean "${meant}"?` : ''
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
