// Tells whether two request bodies are the same without keeping either: histories hold no bodies.

/** 64 bits as hex from two independent 32-bit FNV-1a lanes; empty for an empty body. Not cryptographic. */
export function bodyHash(text: string): string {
  if (text === '') return ''
  let low = 0x811c9dc5
  let high = 0x9e3779b9
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ (unit + index), 0x85ebca6b)
  }
  return hex(high ^ (high >>> 15)) + hex(low ^ (low >>> 13))
}

function hex(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0')
}
