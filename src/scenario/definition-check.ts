// What is wrong with the definition of a service that has the right form: parts that contradict each other, or name what is not there.

import type { FieldDefinition, ResourceDefinition } from '#server/defined/definition.ts'
import type { DefinitionText } from './definition-schema.ts'
import { suggest } from './problem.ts'
import type { Path, Problems } from './problem.ts'

/** `path` is what messages call the definition. */
export function checkDefinition(written: DefinitionText, path: Path, problems: Problems): void {
  checkAuth(written, [...path, 'auth'], problems)
  checkPagination(written, [...path, 'pagination'], problems)
  checkHosts(written, [...path, 'hosts'], problems)
  if (written.base !== undefined) checkSegments(written.base, [...path, 'base'], problems)
  checkPlaces(written, path, problems)
  checkIdempotency(written, [...path, 'idempotency'], problems)
  checkTexts(written.errors?.body, [...path, 'errors', 'body'], problems)
  const names = Object.keys(written.resources)
  if (names.length === 0) problems.key([...path, 'resources'], 'the service has no resource', 'Say what it holds.')
  for (const [name, resource] of Object.entries(written.resources)) {
    const at = [...path, 'resources', name]
    checkName(name, at, problems)
    checkFields(resource.fields as ResourceDefinition['fields'], names, [...at, 'fields'], problems)
    checkResource(resource as ResourceDefinition, at, problems)
    const twin = names.find((other) => other !== name && written.resources[other]?.path === resource.path)
    if (twin !== undefined && names.indexOf(twin) < names.indexOf(name))
      problems.value([...at, 'path'], `\`${twin}\` and \`${name}\` have the same path`)
  }
}

/** Whoever asks a plain object for such a part finds one. */
function checkName(name: string, path: Path, problems: Problems): void {
  if (name in Object.prototype)
    problems.key(path, `\`${name}\` is something that every object has`, 'Call it otherwise.')
}

function checkPlaces({ envelope, pagination }: DefinitionText, path: Path, problems: Problems): void {
  const { items, next, total } = pagination ?? {}
  const places = { envelope, 'pagination.items': items, 'pagination.next': next, 'pagination.total': total }
  for (const [key, place] of Object.entries(places)) {
    const part = place?.split('.').find((one) => one in Object.prototype)
    if (part !== undefined)
      problems.value(
        [...path, ...key.split('.')],
        `\`${part}\` is something that every object has`,
        'Call it otherwise.',
      )
  }
}

/** What every request says anyway is the same for all, or means something else. */
const headersOfRequests = [
  'accept',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'user-agent',
]

function checkIdempotency({ idempotency, auth }: DefinitionText, path: Path, problems: Problems): void {
  const header = idempotency?.toLowerCase()
  if (header === undefined) return
  const isToken = auth?.kind === 'header' && auth.name?.toLowerCase() === header
  if (isToken || headersOfRequests.includes(header))
    problems.value(
      path,
      `\`${idempotency}\` says ${isToken || header === 'authorization' ? 'who asks' : 'something else'}, and not which piece of work it is`,
      'Name a header of its own, such as Idempotency-Key.',
    )
}

function checkAuth({ auth }: DefinitionText, path: Path, problems: Problems): void {
  if (!auth) return
  const isNamed = auth.kind === 'header' || auth.kind === 'query'
  if (isNamed && auth.name === undefined)
    problems.key(path, `a token in a ${auth.kind === 'query' ? 'parameter' : 'header'} needs its \`name\``)
  if (!isNamed && auth.name !== undefined)
    problems.key([...path, 'name'], `\`name\` is of no use with \`kind: ${auth.kind}\``)
}

function checkPagination({ pagination }: DefinitionText, path: Path, problems: Problems): void {
  if (!pagination) return
  const { kind, size = 20, most = 100, items, next, total } = pagination
  if (size > most) problems.value([...path, 'size'], `pages of ${size} are larger than the largest, \`most: ${most}\``)
  if (kind !== 'cursor' && next !== undefined)
    problems.key([...path, 'next'], `\`next\` is of no use with \`kind: ${kind}\``, 'Only a cursor is handed out.')
  if (items !== '') return
  const told = kind === 'cursor' ? 'the next cursor' : total === undefined ? undefined : 'the total'
  if (told !== undefined) problems.value([...path, 'items'], `a list that is the whole answer has no place for ${told}`)
}

const filledIn = ['status', 'code', 'message', 'requestId']

/** What is written in braces is filled in, or a slip. */
function checkTexts(written: unknown, path: Path, problems: Problems): void {
  if (typeof written === 'object' && written !== null)
    for (const [key, part] of Object.entries(written))
      checkTexts(part, [...path, Array.isArray(written) ? Number(key) : key], problems)
  if (typeof written !== 'string') return
  for (const [whole, name = ''] of written.matchAll(/\{(\w+)\}/gu))
    if (!filledIn.includes(name))
      problems.value(path, `nothing is filled in for \`${whole}\` of an error`, suggest(name, filledIn, 'names'))
}

function checkHosts({ hosts }: DefinitionText, path: Path, problems: Problems): void {
  for (const [index, { host, region }] of hosts.entries()) {
    const earlier = hosts.slice(0, index)
    if (earlier.some((one) => one.host === host))
      problems.value([...path, index, 'host'], `the host \`${host}\` comes twice`)
    else if (earlier.some((one) => one.region === region))
      problems.value(
        [...path, index],
        `two hosts are of the region \`${region ?? 'global'}\``,
        'Name one host for each region.',
      )
  }
}

function checkFields(
  fields: ResourceDefinition['fields'],
  resources: readonly string[],
  path: Path,
  problems: Problems,
): void {
  for (const [name, field] of Object.entries(fields)) {
    const at = [...path, name]
    checkName(name, at, problems)
    if (name === 'id') problems.key(at, 'every entity has an `id` already', 'Say how it looks with `ids`.')
    for (const [key, types] of Object.entries(ownKeys))
      if (field[key as keyof FieldDefinition] !== undefined && !types.includes(field.type))
        problems.key([...at, key], `\`${key}\` is of no use for a field of type ${field.type}`)
    const { type, from = 1, to = 1_000, of } = field
    if (type === 'integer' && from <= to && Math.ceil(from) > Math.floor(to))
      problems.value([...at, 'from'], `there is no integer from ${from} to ${to}`)
    if (from > to) problems.value([...at, 'from'], `\`from: ${from}\` is more than \`to: ${to}\``)
    if (type === 'enum' && field.values === undefined) problems.key(at, 'an enum needs its `values`')
    if (type === 'id' && of === undefined) problems.key(at, 'an id needs `of`: the resource whose id it is')
    if (of !== undefined && !resources.includes(of))
      problems.value([...at, 'of'], `there is no resource \`${of}\``, suggest(of, resources, 'resources'))
  }
}

/** Keys that only some types have. */
const ownKeys: Readonly<Record<string, readonly FieldDefinition['type'][]>> = {
  like: ['string'],
  from: ['integer', 'number'],
  to: ['integer', 'number'],
  values: ['enum'],
  of: ['id'],
  set: ['date-time'],
}

const fewestPlaces = 6

function checkResource(resource: ResourceDefinition, path: Path, problems: Problems): void {
  const { key, unique, fields, offers, changes, update } = resource
  const names = Object.keys(fields)
  const own = key === undefined ? undefined : fields[key]
  if (key !== undefined && !own)
    problems.value([...path, 'key'], `there is no field \`${key}\``, suggest(key, names, 'fields'))
  if (own && (own.type !== 'string' || own.optional === true))
    problems.value([...path, 'key'], `the key \`${key}\` must be a string that no create leaves out`)
  if (own?.like !== undefined && own.like.replaceAll(/[^#?]/gu, '').length < fewestPlaces)
    problems.value(
      [...path, 'fields', key ?? '', 'like'],
      `\`like\` of a key has at least ${fewestPlaces} places, # or ?, so that no two are alike`,
    )
  if (key === undefined && unique !== undefined)
    problems.key([...path, 'unique'], '`unique` is of no use without a `key`')
  const canUpdate = offers?.includes('update') ?? true
  if (!canUpdate && (changes ?? update) !== undefined)
    problems.key([...path, changes ? 'changes' : 'update'], 'this resource offers no update')
  const changeable = names.filter(
    (name) => name !== key && fields[name]?.set === undefined && !isInPath(resource, name),
  )
  for (const [index, name] of (changes ?? []).entries())
    if (!changeable.includes(name))
      problems.value(
        [...path, 'changes', index],
        `no update changes \`${name}\``,
        suggest(name, changeable, 'fields that change'),
      )
  if (canUpdate && changeable.length === 0)
    problems.key(
      [...path, 'fields'],
      'an update has nothing to change',
      'Add a field, or leave update out of `offers`.',
    )
  const ownOnes = changes ?? changeable
  if (canUpdate && changeable.length > 0 && !ownOnes.some((name) => fields[name]?.type === 'string'))
    problems.key(
      [...path, changes ? 'changes' : 'fields'],
      'an update changes no string',
      'Each must be a change of its own, which few other values are: add a string, or leave update out of `offers`.',
    )
  checkPath(resource, path, problems)
}

function isInPath({ path }: ResourceDefinition, name: string): boolean {
  return path.includes(`{${name}}`)
}

function checkPath({ path: written, fields }: ResourceDefinition, path: Path, problems: Problems): void {
  checkSegments(written, [...path, 'path'], problems)
  const parameters = Array.from(written.matchAll(/\{(\w+)\}/gu), (match) => match[1] ?? '')
  if (parameters.length > 1)
    problems.value([...path, 'path'], 'a resource lies below one other at most', 'Leave the outer one out.')
  for (const parameter of parameters)
    if (fields[parameter]?.type !== 'id')
      problems.value(
        [...path, 'path'],
        `\`{${parameter}}\` must be a field of type id`,
        'It says to which entity this one belongs.',
      )
}

/** An address is folded before it is sent. */
function checkSegments(written: string, path: Path, problems: Problems): void {
  if (written.split('/').some((segment) => segment === '.' || segment === '..'))
    problems.value(path, 'no request has a path with `.` or `..` in it')
}
