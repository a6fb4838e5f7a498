// The ids that Meta gives to media, and how a piece of media is recognised wherever it is named: fetching it and attaching it
// to a conversation are one piece of business.

import type { Prng } from '#random/prng.ts'
import type { MediaRef } from './intent.ts'

/** What customers send, voice messages most of all. */
const mimeTypes = [
  'audio/ogg',
  'audio/ogg',
  'audio/ogg',
  'image/jpeg',
  'image/jpeg',
  'video/mp4',
  'application/pdf',
] as const

/** Sixteen digits that stand alone: no other number of a URL of ours is as long. */
const inText = /(?<![0-9A-Za-z])(1[0-9]{15})(?![0-9A-Za-z])/u

/** Unique per `nth` within a load; the drawn digits keep two loads apart. */
export function newMedia(nth: number, random: Prng): MediaRef {
  const drawn = random.fork('media-id')
  const digits = Array.from({ length: 10 }, () => drawn.integer(0, 9)).join('')
  const counted = String(nth % 100_000).padStart(5, '0')
  return { id: `1${digits}${counted}`, mimeType: random.fork('media-type').pick(mimeTypes) }
}

export function mediaKey(id: string): string {
  return `media-${id}`
}

/** The id that a URL or the name of a file carries, as in `?mid=<id>` or `<id>.ogg`. */
export function mediaIdIn(text: unknown): string | undefined {
  return typeof text === 'string' ? inText.exec(text)?.[1] : undefined
}
