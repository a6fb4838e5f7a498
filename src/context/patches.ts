// Replaces properties of objects we do not own and puts every one back exactly as it was: value, accessor, flags, absence.

import { syncBuiltinESMExports } from 'node:module'

let isStuck = false

/** Whether something of this process will stay as a run left it: who froze it meanwhile has frozen it so. */
export function couldNotRestore(): boolean {
  return isStuck
}

/** A run has set something going in a package that nobody can put back. */
export function cannotRestore(): void {
  isStuck = true
}

export class Patches {
  readonly #undo: (() => void)[] = []

  /** Gives `target[key]` another value; an own property keeps its flags. */
  replace(target: object, key: PropertyKey, value: unknown): void {
    const original = Object.getOwnPropertyDescriptor(target, key)
    const enumerable = original?.enumerable ?? true
    Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true })
    this.#undo.push(() => putBack(target, key, original))
  }

  replaceGetter(target: object, key: PropertyKey, get: () => unknown): void {
    const original = Object.getOwnPropertyDescriptor(target, key)
    const enumerable = original?.enumerable ?? true
    Object.defineProperty(target, key, { get, enumerable, configurable: true })
    this.#undo.push(() => putBack(target, key, original))
  }

  /** Lets named imports of Node's modules see what was replaced. */
  publish(): void {
    syncBuiltinESMExports()
  }

  restore(): void {
    for (const undo of this.#undo.splice(0).toReversed()) undo()
    syncBuiltinESMExports()
  }
}

function putBack(target: object, key: PropertyKey, original: PropertyDescriptor | undefined): void {
  const isBack = original ? Reflect.defineProperty(target, key, original) : Reflect.deleteProperty(target, key)
  if (!isBack) isStuck = true
}
