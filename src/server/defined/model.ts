// The definition of a service with all that it leaves out filled in: what serving it and asking of it go by.

import assert from 'node:assert/strict'
import { parseDuration } from '#clock/instant.ts'
import type { LimitHeaders } from '#history/limit-headers.ts'
import type { Host } from '../service.ts'
import { verbs, type FieldDefinition, type Json, type ServiceDefinition, type Verb } from './definition.ts'

export type Resource = {
  readonly name: string
  /** With the base of the service: where it is listed and created. */
  readonly path: string
  readonly offers: readonly Verb[]
  readonly seeded: number
  readonly ids: string
  readonly key: string | null
  readonly unique: boolean
  readonly update: 'PATCH' | 'PUT'
  readonly changes: readonly string[]
  readonly fields: Readonly<Record<string, FieldDefinition>>
  /** The field that says below which entity it lies. */
  readonly parent: string | null
}

export type Paging = {
  readonly kind: 'cursor' | 'page' | 'offset'
  readonly size: number
  readonly most: number
  readonly sizeParameter: string
  readonly fromParameter: string
  readonly next: string
  readonly total: string | null
}

export type Limits = {
  readonly requests: number
  readonly perMs: number
  readonly headers: { readonly limit?: string; readonly remaining?: string; readonly reset?: string }
  readonly reset: 'epoch' | 'seconds'
  readonly retryAfter: boolean
}

export type Model = {
  readonly name: string
  readonly hosts: readonly Host[]
  readonly auth: { readonly kind: 'bearer' | 'header' | 'query' | 'none'; readonly name: string }
  /** `null`: a workspace may ask as much as it likes. */
  readonly limits: Limits | null
  readonly limitHeaders: LimitHeaders
  /** `null`: a list is told at once. */
  readonly paging: Paging | null
  /** Where the items of a list stand; empty: it is the answer. */
  readonly items: string
  readonly envelope: string | null
  /** In small letters. */
  readonly idempotency: string | null
  readonly errors: { readonly body: Json; readonly codes: Readonly<Record<string, string>> }
  /** Those first that others refer to. */
  readonly resources: readonly Resource[]
}

const plainError: Json = { error: { code: '{code}', message: '{message}' } }

export function modelOf(definition: ServiceDefinition): Model {
  const { name, hosts, auth, limits, pagination, idempotency, envelope, errors } = definition
  return {
    name,
    hosts: hosts.map(({ host, region = 'global' }) => ({ host, region, product: name })),
    auth: { kind: auth?.kind ?? 'bearer', name: auth?.name ?? '' },
    limits: limits ? limitsOf(limits) : null,
    limitHeaders: limits ? limitHeadersOf(limitsOf(limits)) : { headers: {}, reset: 'epoch' },
    paging: pagination ? pagingOf(pagination) : null,
    items: pagination?.items ?? 'data',
    envelope: envelope ?? null,
    idempotency: idempotency?.toLowerCase() ?? null,
    errors: { body: errors?.body ?? plainError, codes: errors?.codes ?? {} },
    resources: inOrder(resourcesOf(definition)),
  }
}

function limitsOf({ requests, per, headers, reset, retryAfter }: NonNullable<ServiceDefinition['limits']>): Limits {
  const perMs = parseDuration(per)
  assert(perMs !== undefined && perMs > 0, `A window of ${per} is none.`)
  return { requests, perMs, headers: headers ?? {}, reset: reset ?? 'epoch', retryAfter: retryAfter ?? true }
}

function limitHeadersOf({ headers, reset, perMs }: Limits): LimitHeaders {
  return { headers, reset, windowMs: perMs }
}

function pagingOf(pagination: NonNullable<ServiceDefinition['pagination']>): Paging {
  const { kind, size = 20, most = 100, sizeParameter = 'limit', fromParameter = kind, next, total } = pagination
  return { kind, size, most, sizeParameter, fromParameter, next: next ?? 'next_cursor', total: total ?? null }
}

function resourcesOf({ base = '', resources }: ServiceDefinition): Resource[] {
  return Object.entries(resources).map(([name, written]) => {
    const { path, key = null, fields } = written
    const parent = /\{(\w+)\}/u.exec(path)?.[1] ?? null
    const free = Object.keys(fields).filter((field) => isFree(fields, field) && field !== key && field !== parent)
    const text = free.find((field) => fields[field]?.type === 'string')
    return {
      name,
      path: `${base}${path}`,
      offers: written.offers ?? verbs,
      seeded: written.seeded ?? 100,
      ids: written.ids ?? 'uuid',
      key,
      unique: key !== null && (written.unique ?? true),
      update: written.update ?? 'PATCH',
      changes: written.changes ?? (text === undefined ? [] : [text]),
      fields,
      parent,
    }
  })
}

function isFree(fields: Resource['fields'], field: string): boolean {
  return fields[field]?.set === undefined
}

/** What others refer to is made first. Of a circle nobody is first, and it stays as it is written. */
function inOrder(resources: readonly Resource[]): Resource[] {
  const ordered: Resource[] = []
  const left = [...resources]
  while (left.length > 0) {
    const known = (name: string | undefined): boolean => !left.some((one) => one.name === name)
    const ready = left.findIndex(({ name, fields }) =>
      Object.values(fields).every(({ of }) => of === undefined || of === name || known(of)),
    )
    ordered.push(...left.splice(Math.max(0, ready), 1))
  }
  return ordered
}
