// What `vitest` is in the process of a client: suites run, so that what they give to `scenarioTest` is heard; tests, hooks and expectations
// are there and do nothing.

import { disorder } from './registry.ts'

type Work = (...words: never[]) => unknown

/** Can be called, read and awaited, whatever it stands for. */
const inert: Work = new Proxy(() => undefined, {
  get: (_, part) => (part === 'then' ? undefined : part === Symbol.toPrimitive ? () => '' : inert),
  set: () => true,
  apply: () => inert,
  construct: () => inert as object,
})

function suite(...words: readonly unknown[]): unknown {
  run(words, [])
  return inert
}

function run(words: readonly unknown[], inputs: readonly unknown[]): void {
  const work = words.find((word) => typeof word === 'function') as ((...inputs: unknown[]) => unknown) | undefined
  if (work?.(...inputs) instanceof Promise) disorder('a suite of it is asynchronous.')
}

function forEach(spread: boolean) {
  return (cases: unknown, ...more: readonly unknown[]) =>
    (...words: readonly unknown[]): unknown => {
      if (!Array.isArray(cases) || more.length > 0) disorder('a suite of it has a table in a template.')
      else for (const one of cases) run(words, spread && Array.isArray(one) ? (one as unknown[]) : [one])
      return inert
    }
}

/** Skipped suites are collected as well. */
const describe: unknown = new Proxy(suite, {
  get: (_, part) => {
    if (part === 'each' || part === 'for') return forEach(part === 'each')
    return part === 'runIf' || part === 'skipIf' ? () => describe : describe
  },
})

/** What is hoisted is needed by what follows it. */
const vi: unknown = new Proxy(inert, {
  get: (_, part) => (part === 'hoisted' ? (work: () => unknown) => work() : Reflect.get(inert, part)),
})

export { describe, describe as suite, vi, vi as vitest }
export {
  inert as EvaluatedModules,
  inert as Snapshots,
  inert as TestRunner,
  inert as afterAll,
  inert as afterEach,
  inert as aroundAll,
  inert as aroundEach,
  inert as assert,
  inert as assertType,
  inert as beforeAll,
  inert as beforeEach,
  inert as chai,
  inert as createExpect,
  inert as expect,
  inert as expectTypeOf,
  inert as inject,
  inert as it,
  inert as onTestFailed,
  inert as onTestFinished,
  inert as recordArtifact,
  inert as should,
  inert as test,
}

/** For test files that import none of it, because their configuration says `globals`. */
export const globals: Readonly<Record<string, unknown>> = {
  describe,
  suite: describe,
  vi,
  vitest: vi,
  ...Object.fromEntries(
    [
      'test',
      'it',
      'expect',
      'assert',
      'beforeAll',
      'beforeEach',
      'afterAll',
      'afterEach',
      'onTestFailed',
      'onTestFinished',
      'expectTypeOf',
      'assertType',
      'chai',
      'aroundAll',
      'aroundEach',
    ].map((name) => [name, inert]),
  ),
}
