// The files that customers sent, by the id that Meta gave them. A file's bytes follow from its id alone.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { createPrng } from '#random/prng.ts'
import type { MediaRef } from '../intent.ts'

/** Meta forgets the ids that its webhooks tell after seven days. */
const keptMs = 7 * 24 * 3_600_000
const shortest = 200
const longest = 600
/** Printable, because a reply's body is text; a player or viewer would not like it. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/'

export type Media = MediaRef & {
  readonly workspace: string
  /** Ms since the run's start. */
  readonly sentAt: number
}

export type MediaFile = { readonly bytes: string; readonly sha256: string }

export class MediaShelf {
  readonly #media = new Map<string, Media>()
  readonly #files = new Map<string, MediaFile>()

  put(media: Media): void {
    this.#media.set(media.id, media)
  }

  /** Whatever was ever sent, forgotten or not. */
  known(id: string): Media | undefined {
    return this.#media.get(id)
  }

  at(id: string, now: number): Media | undefined {
    const media = this.#media.get(id)
    return media !== undefined && now < media.sentAt + keptMs ? media : undefined
  }

  fileOf({ id }: Media): MediaFile {
    const known = this.#files.get(id)
    if (known) return known
    const bytes = bytesOf(id)
    const file = { bytes, sha256: bytesToHex(sha256(utf8ToBytes(bytes))) }
    this.#files.set(id, file)
    return file
  }
}

function bytesOf(id: string): string {
  const random = createPrng('media', id)
  const length = random.integer(shortest, longest)
  return Array.from({ length }, () => alphabet[random.integer(0, alphabet.length - 1)]).join('')
}
