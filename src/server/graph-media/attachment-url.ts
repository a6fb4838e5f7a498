// The address of a file for the next five minutes: Meta signs it, so that no part of it can be changed.

import type { Prng } from '#random/prng.ts'

export const attachmentHost = 'lookaside.fbsbx.com'
export const attachmentPath = '/whatsapp_business/attachments/'
const validSeconds = 300
/** Letters alone: nothing in the signature may be taken for the id of a media file. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export type Signed = { readonly id: string; readonly expired: boolean }

export class AttachmentUrls {
  readonly #random: Prng

  constructor(random: Prng) {
    this.#random = random
  }

  issue(id: string, nowSeconds: number): string {
    const ext = String(nowSeconds + validSeconds)
    return `https://${attachmentHost}${attachmentPath}?mid=${id}&ext=${ext}&hash=${this.#hash(id, ext)}`
  }

  /** `undefined` for an address that was never issued. */
  read(url: URL, nowSeconds: number): Signed | undefined {
    const [id, ext, hash] = ['mid', 'ext', 'hash'].map((name) => url.searchParams.get(name) ?? '')
    if (id === undefined || ext === undefined || id === '' || hash !== this.#hash(id, ext)) return undefined
    return { id, expired: nowSeconds > Number(ext) }
  }

  #hash(id: string, ext: string): string {
    const random = this.#random.fork('hash', id, ext)
    return `ARF${Array.from({ length: 29 }, () => alphabet[random.integer(0, alphabet.length - 1)]).join('')}`
  }
}
