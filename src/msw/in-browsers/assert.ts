// node:assert/strict for browsers: our own mistakes end what they would spoil.

export class AssertionError extends Error {
  override readonly name = 'AssertionError'
  constructor({ message }: { readonly message?: string }) {
    super(message)
  }
}

// oxlint-disable-next-line import/no-default-export -- as Node's has it
export default function assert(value: unknown, message = 'This cannot be.'): asserts value {
  if (!value) throw new AssertionError({ message })
}
