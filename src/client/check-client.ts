// What is wrong with a loaded client, as sentences, before any time is spent on a run: it is no definition, a promise is
// bound to nothing, an operation has a name that no service knows, a ladder does not fit a read or a write.

import { UserError } from '#context/user-error.ts'
import type { IntentFacts } from '#history/header.ts'
import type { Promises } from '#history/promises.ts'
import { harnessActions, isClientDefinition } from './client.ts'
import type { Client, ClientDefinition } from './client.ts'
import { resolvePromises } from './promises.ts'
import { nearestName } from '#context/nearest-name.ts'

/** Problems of what a module exports as its client. */
export function definitionProblems(exported: unknown): string[] {
  if (typeof exported !== 'object' || exported === null) return [`It is ${kindOf(exported)}, not a client.`]
  if (!isClientDefinition(exported)) return ['It was not made with defineClient().']
  const { name, promises, create } = exported as Partial<ClientDefinition>
  const problems: string[] = []
  if (typeof name !== 'string' || name.trim() === '') problems.push('It has no name.')
  if (typeof promises !== 'object' || promises === null) problems.push('It has no promises.')
  if (typeof create !== 'function') problems.push('It has no create(world).')
  return problems
}

/** Problems of what `create` returned. `known` are the intents of all services; without them no name is doubted. */
export function clientProblems(created: unknown, promises: Promises, known?: readonly IntentFacts[]): string[] {
  const operations = operationsOf(created)
  if (!operations) return [`create() returned ${kindOf(created)} without "operations".`]
  const names = known?.map((intent) => intent.name)
  const problems: string[] = []
  for (const [name, operation] of Object.entries(operations)) {
    if (typeof operation !== 'function')
      problems.push(`The operation "${name}" is ${kindOf(operation)}, not a function.`)
    if (names && !names.includes(name))
      problems.push(`No service knows the operation "${name}".${suggestion(name, names)}`)
  }
  if (Object.keys(operations).length === 0) problems.push('create() returned no operations.')
  for (const name of Object.keys(promises))
    if (!Object.hasOwn(operations, name))
      problems.push(
        `There is a promise for "${name}", but create() returned no such operation.${suggestion(name, Object.keys(operations))}`,
      )
  for (const intent of known ?? []) problems.push(...ladderProblems(intent, promises))
  return [...problems, ...optionalProblems(created as object)]
}

const optional = ['webhook', 'health', 'drain', 'close'] as const

/** What a client may offer besides its operations must be what it looks like; a name nobody asks for is left alone. */
function optionalProblems(created: object): string[] {
  const parts = created as Readonly<Record<string, unknown>>
  const problems = optional
    .filter((part) => parts[part] !== undefined && typeof parts[part] !== 'function')
    .map((part) => `"${part}" is ${kindOf(parts[part])}, not a function.`)
  const { actions } = parts
  if (actions === undefined) return problems
  if (typeof actions !== 'object' || actions === null || Array.isArray(actions))
    return [
      ...problems,
      `"actions" is ${kindOf(actions)}; it must be an object of functions, such as { 'media.pause': () => ... }.`,
    ]
  for (const [action, take] of Object.entries(actions)) {
    if (typeof take !== 'function') problems.push(`The action "${action}" is ${kindOf(take)}, not a function.`)
    if (harnessActions.includes(action))
      problems.push(`The action "${action}" is the harness's own; give yours another name.`)
  }
  return problems
}

/** Throws one error that lists all problems of what `create` returned. */
export function checkClient(
  definition: Pick<ClientDefinition, 'name' | 'promises'>,
  created: unknown,
  known?: readonly IntentFacts[],
): asserts created is Client {
  const problems = clientProblems(created, resolvePromises(definition), known)
  if (problems.length > 0) throw new UserError(`The client "${definition.name}" is not usable. ${problems.join(' ')}`)
}

function ladderProblems(intent: IntentFacts, promises: Promises): string[] {
  const wrong = intent.effect === 'read' ? ['queue', 'drop'] : ['stale', 'fallback']
  return (promises[intent.name]?.degrade ?? [])
    .filter((step) => wrong.includes(step.kind))
    .map((step) => `"${intent.name}" is a ${intent.effect}, so it cannot promise "${step.kind}".`)
}

function operationsOf(created: unknown): Record<string, unknown> | undefined {
  if (typeof created !== 'object' || created === null || !('operations' in created)) return undefined
  const { operations } = created
  return typeof operations === 'object' && operations !== null ? (operations as Record<string, unknown>) : undefined
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
