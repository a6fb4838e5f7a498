// Which piece of business a message is: the one its text names, or else the one whose file it carries.

import { mediaIdIn, mediaKey } from '../media-id.ts'
import type { JsonObject } from './call.ts'
import { isJsonObject } from './fields.ts'
import { refIn } from './ref-token.ts'

export function messageKey(body: JsonObject): string | undefined {
  const written = refIn(body['body'])
  if (written !== undefined) return written
  const { attachment_urls: urls, attachment_files: files } = body
  if (urls === undefined && files === undefined) return undefined
  const names = [...itemsOf(urls), ...itemsOf(files).map((file) => (isJsonObject(file) ? file['name'] : undefined))]
  for (const name of names) {
    const id = mediaIdIn(name)
    if (id !== undefined) return mediaKey(id)
  }
  return undefined
}

function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
