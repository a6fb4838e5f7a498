// The clients of a config by their names, and whom a word means: one of those, a file, a shipped client.

import { relative, resolve } from 'node:path'
import { shippedClients, type ClientLocation } from '#client/resolve-client.ts'
import { nearestName } from '#context/nearest-name.ts'
import { isUserError, UserError } from '#context/user-error.ts'
import { locateClient } from '#scenario/client-file.ts'
import { Problems, type Path } from '#scenario/problem.ts'
import { root, type Layer } from './read-config.ts'

/** `typed` is what a command line says for it in this working directory. */
export type NamedClient = { readonly name: string; readonly typed: string }

/** The word for each of them. */
export const everyClient = 'all'

/** In the order in which they are written, the nearest config first. */
export function namedClients(layers: readonly Layer[], cwd: string): readonly NamedClient[] {
  const byName = new Map<string, string>()
  for (const layer of layers)
    for (const [name, specifier] of Object.entries(layer.written.clients ?? {}))
      if (!byName.has(name)) byName.set(name, typedFrom(specifier, layer, cwd))
  return Array.from(byName, ([name, typed]) => ({ name, typed }))
}

/** What `word`, written in `layer`, is on a command line: a name of a client stays what it stands for. */
export function typedClientOf(word: string, layer: Layer, clients: readonly NamedClient[], cwd: string): string {
  if (word === everyClient && clients.length > 0) return word
  return clients.find(({ name }) => name === word)?.typed ?? typedFrom(word, layer, cwd)
}

/** Where the client is that somebody names: one of these, a file, a shipped client. Throws UserError. */
export function locateNamed(word: string, clients: readonly NamedClient[], cwd: string): ClientLocation {
  const named = clients.find(({ name }) => name === word)
  try {
    return locateClient(named?.typed ?? word, cwd)
  } catch (error) {
    const names = clients.map(({ name }) => name)
    const near = named || shippedClients().includes(word) ? undefined : nearestName(word, names)
    if (near === undefined || !isUserError(error) || error.place) throw error
    throw new UserError(`There is no client "${word}".`, { hint: `Did you mean "${near}"?` })
  }
}

/** Paths are relative to the config. */
function typedFrom(specifier: string, { directory }: Layer, cwd: string): string {
  if (shippedClients().includes(specifier)) return specifier
  const path = relative(cwd, resolve(directory, specifier)).replaceAll('\\', '/')
  return path.startsWith('..') ? path : `./${path}`
}

/** Throws UserError for the first config that names somebody who is not there. */
export function checkClients(layers: readonly Layer[], clients: readonly NamedClient[], cwd: string): void {
  for (const layer of layers) {
    const problems = new Problems()
    const { clients: own = {}, client, overrides = {} } = layer.written
    for (const [name, specifier] of Object.entries(own)) {
      if (name === everyClient || shippedClients().includes(name))
        problems.key([root, 'clients', name], `\`${name}\` cannot be the name of a client of yours`, whyNot(name))
      checkThere(specifier, typedFrom(specifier, layer, cwd), ['clients', name], problems, clients, cwd)
    }
    const words = [
      { word: client, at: ['client'] },
      ...Object.entries(overrides).map(([scenario, { client: word }]) => ({
        word,
        at: ['overrides', scenario, 'client'],
      })),
    ]
    for (const { word, at } of words) {
      if (word === undefined) continue
      const typed = typedClientOf(word, layer, clients, cwd)
      if (typed === everyClient && at.length > 1)
        problems.value([root, ...at], 'an override is of one client', 'Name one of them.')
      else if (typed !== everyClient) checkThere(word, typed, at, problems, clients, cwd)
    }
    if (problems.list.length > 0) throw layer.mistake(problems)
  }
}

function whyNot(name: string): string {
  return name === everyClient ? 'It means every one of them.' : 'A shipped client is called so. Choose another name.'
}

function checkThere(
  word: string,
  typed: string,
  at: Path,
  problems: Problems,
  clients: readonly NamedClient[],
  cwd: string,
): void {
  try {
    locateClient(typed, cwd)
  } catch (error) {
    // What is wrong in the file of a client is told where it is.
    if (!isUserError(error) || error.place) throw error
    const isName = /^[\w-]+(?:\/[\w-]+)?$/u.test(word)
    const what = isName ? `there is no client \`${word}\`` : `there is no client file \`${word}\``
    const own = clients.map(({ name }) => name)
    const near = isName ? (nearestName(word, own) ?? nearestName(word, shippedClients())) : undefined
    const known = own.length === 0 ? undefined : `The clients here are ${own.join(', ')}.`
    problems.value(
      [root, ...at],
      what,
      near === undefined ? (isName ? known : error.hint) : `Did you mean \`${near}\`?`,
    )
  }
}
