// Ids in the forms that the API uses, drawn from a stream.

import type { Prng } from '#random/prng.ts'

export function hex(random: Prng, length: number): string {
  let text = ''
  while (text.length < length) text += random.integer(0, 0xffff).toString(16).padStart(4, '0')
  return text.slice(0, length)
}

export function uuid(random: Prng): string {
  const text = hex(random, 32)
  const variant = ((Number.parseInt(text[16] ?? '0', 16) & 3) | 8).toString(16)
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`
}
