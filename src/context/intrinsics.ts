// What the language itself brings, as it was before any code of a client ran. A client shares it with the services that are simulated
// in its process, so whoever changes it changes them too: that is found, put back, and named. Nothing here trusts what it checks.

const { defineProperty, deleteProperty, getOwnPropertyDescriptor: ownProperty, ownKeys, getPrototypeOf } = Reflect
const { hasOwn, is: isSame } = Object

type Known = {
  readonly path: string
  readonly holder: object
  readonly key: PropertyKey
  readonly was: PropertyDescriptor
}
export type Tampering = {
  /** Paths such as `Array.prototype.map`: of another value than before, or gone. */
  readonly changed: readonly string[]
  readonly added: readonly string[]
}

/** The clock and the seed replace some of these themselves; the rest is there to be set, and read with care. */
const exempt = ['Math.random', 'Error.stackTraceLimit', 'Error.prepareStackTrace', 'Error.captureStackTrace']

const globals = [
  [
    'Object',
    'Function',
    'Array',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'WeakRef',
    'String',
    'Number',
    'Boolean',
    'BigInt',
  ],
  ['Symbol', 'RegExp', 'Promise', 'Error', 'TypeError', 'RangeError', 'SyntaxError', 'ArrayBuffer', 'Uint8Array'],
  ['DataView', 'JSON', 'Math', 'Reflect', 'Proxy', 'Iterator'],
].flat()

/** Prototypes without a global name. Loops and spreads go through the iterators. */
const hidden: readonly (readonly [path: string, holder: object | null])[] = [
  ['%TypedArray%', getPrototypeOf(Uint8Array)],
  ['%TypedArray%.prototype', getPrototypeOf(Uint8Array.prototype)],
  ['%ArrayIterator%', getPrototypeOf([].values())],
  ['%MapIterator%', getPrototypeOf(new Map().values())],
  ['%SetIterator%', getPrototypeOf(new Set().values())],
  ['%StringIterator%', getPrototypeOf(''[Symbol.iterator]())],
  ['%RegExpStringIterator%', getPrototypeOf(''.matchAll(/./gu))],
]

const known: readonly Known[] = takeAll()
const { prototype: root } = Object
const keysOfRoot = new Set(ownKeys(root))
const isKeyOfRoot = keysOfRoot.has.bind(keysOfRoot)
const { prototype: list } = Array

function takeAll(): Known[] {
  const scope = globalThis as unknown as Readonly<Record<string, unknown>>
  const all: Known[] = []
  const take = (path: string, holder: object): void => {
    for (const key of ownKeys(holder)) {
      const was = ownProperty(holder, key)
      const name = typeof key === 'symbol' ? `${path}[${key.description}]` : `${path}.${key}`
      if (was && !exempt.includes(name)) all.push({ path: name, holder, key, was: bare(was) })
    }
  }
  for (const name of globals) {
    const holder = scope[name] as { readonly prototype?: object } | undefined
    const was = ownProperty(globalThis, name)
    if (!holder || !was) continue
    all.push({ path: name, holder: globalThis, key: name, was: bare(was) })
    take(name, holder)
    if (holder.prototype) take(`${name}.prototype`, holder.prototype)
  }
  for (const [path, holder] of hidden) if (holder) take(path, holder)
  return all
}

/** Inherits nothing: `get` on `Object.prototype` would be a part of every descriptor. */
function bare(descriptor: PropertyDescriptor): PropertyDescriptor {
  return Object.assign(Object.create(null) as object, descriptor)
}

/** Puts everything back that can be, and tells what it was; `null` when nothing was done. */
export function restoreIntrinsics(): Tampering | null {
  const changed: string[] = []
  const added: string[] = []
  // No method of a list and no `for of`: they may be what was changed.
  for (let index = 0; index < known.length; index += 1) {
    const { path, holder, key, was } = known[index] as Known
    if (isAsBefore(holder, key, was)) continue
    defineProperty(holder, key, was)
    changed[changed.length] = path
  }
  const keys = ownKeys(root)
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as string | symbol
    if (isKeyOfRoot(key) || typeof key !== 'string') continue
    deleteProperty(root, key)
    added[added.length] = `Object.prototype.${key}`
  }
  // The one addition to another prototype that reaches into every record.
  if (hasOwn(list, 'toJSON')) {
    deleteProperty(list, 'toJSON')
    added[added.length] = 'Array.prototype.toJSON'
  }
  return changed.length + added.length === 0 ? null : { changed, added }
}

/** Flags do not count: a client may freeze what it shares. */
function isAsBefore(holder: object, key: PropertyKey, was: PropertyDescriptor): boolean {
  const is = ownProperty(holder, key)
  if (!is) return false
  if (hasOwn(was, 'value')) return hasOwn(is, 'value') && isSame(is.value, was.value)
  return hasOwn(is, 'get') && is.get === was.get && is.set === was.set
}

/** `changed Array.prototype.map, JSON.parse and 3 more and added Object.prototype.kind`. */
export function tamperingWords({ changed, added }: Tampering): string {
  const parts = [
    ['changed', changed],
    ['added', added],
  ] as const
  return parts
    .filter(([, paths]) => paths.length > 0)
    .map(([verb, paths]) => `${verb} ${enumerated(paths)}`)
    .join(' and ')
}

const mostNamed = 3

function enumerated(paths: readonly string[]): string {
  const named = paths.slice(0, mostNamed).join(', ')
  return paths.length > mostNamed ? `${named} and ${paths.length - mostNamed} more` : named
}
