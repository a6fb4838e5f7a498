// The operations of a definition as types, so that a client of it is checked like any other: `interface Intents extends
// IntentsOf<typeof parcels> {}` inside of `declare module 'brownout'`.

import type { FieldDefinition, ResourceDefinition, ServiceDefinition, Verb } from './definition.ts'

type ValueOf<F extends FieldDefinition> = F['type'] extends 'integer' | 'number'
  ? number
  : F['type'] extends 'boolean'
    ? boolean
    : F extends { readonly values: readonly (infer V)[] }
      ? V
      : string

type KeyOf<R extends ResourceDefinition> = R extends { readonly key: infer K extends string } ? K : never
type ParentOf<R extends ResourceDefinition> = R['path'] extends `${string}{${infer P}}${string}` ? P : never
/** Those that the service does not write by itself. */
type GivenBy<R extends ResourceDefinition> = {
  readonly [F in keyof R['fields'] as R['fields'][F] extends { readonly set: string } ? never : F]: ValueOf<
    R['fields'][F]
  >
}
/** What tells which entity is meant. */
type RefOf<R extends ResourceDefinition> = { readonly id: IdOf<R> } & Pick<
  GivenBy<R>,
  Extract<keyof GivenBy<R>, KeyOf<R> | ParentOf<R>>
>
type IdOf<R extends ResourceDefinition> = R extends { readonly ids: 'number' } ? number : string
type ChangedBy<R extends ResourceDefinition> = R extends { readonly changes: readonly (infer C extends string)[] }
  ? Pick<GivenBy<R>, Extract<keyof GivenBy<R>, C>>
  : Partial<Omit<GivenBy<R>, KeyOf<R> | ParentOf<R>>>

type InputOf<N extends string, R extends ResourceDefinition, V> = V extends 'list'
  ? Pick<GivenBy<R>, Extract<keyof GivenBy<R>, ParentOf<R>>>
  : V extends 'create'
    ? GivenBy<R>
    : V extends 'update'
      ? { readonly [P in N]: RefOf<R> } & ChangedBy<R>
      : { readonly [P in N]: RefOf<R> }

type OfferedBy<R extends ResourceDefinition> = R extends { readonly offers: readonly (infer V)[] } ? V & Verb : Verb

type Named<D extends ServiceDefinition> = {
  [N in keyof D['resources'] & string]: `${N}.${OfferedBy<D['resources'][N]>}`
}[keyof D['resources'] & string]

export type IntentsOf<D extends ServiceDefinition> = {
  [O in Named<D>]: O extends `${infer N}.${infer V}`
    ? D['resources'][N] extends infer R extends ResourceDefinition
      ? { input: InputOf<N, R, V>; effect: V extends 'list' | 'read' ? 'read' : 'write' }
      : never
    : never
}
