// Files of a message: named by URL, or sent along. Intercom takes at most ten of each. Nothing is fetched here.

import { isRefusal, refuse } from './answer.ts'
import type { Refusal } from './answer.ts'
import type { JsonObject } from './call.ts'
import type { Attachment } from './conversation.ts'
import { isJsonObject } from './fields.ts'

const mostFiles = 10
/** What a URL leads to has the size of a photo. */
const sizeBehindUrl = 100_000
const contentTypes: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
}

/** The files that a body asks to attach. */
export function readAttachments(body: JsonObject): readonly Attachment[] | Refusal {
  const urls = read(body, 'attachment_urls', behindUrl, 'URLs')
  if (isRefusal(urls)) return urls
  const files = read(body, 'attachment_files', sentAlong, 'files with content_type, data and name')
  return isRefusal(files) ? files : [...urls, ...files]
}

export function attachmentShape({ name, url, contentType, sizeBytes }: Attachment): Record<string, unknown> {
  return { type: 'upload', name, url, content_type: contentType, filesize: sizeBytes }
}

function read(
  body: JsonObject,
  name: string,
  readOne: (value: unknown) => Attachment | undefined,
  wanted: string,
): readonly Attachment[] | Refusal {
  const values = body[name]
  if (values === undefined || values === null) return []
  if (!Array.isArray(values)) return refuse(422, 'parameter_invalid', `${name} must be a list of ${wanted}`)
  if (values.length > mostFiles) return refuse(422, 'parameter_invalid', `${name} can have at most ${mostFiles} items`)
  const attachments = values.map(readOne).filter((attachment) => attachment !== undefined)
  return attachments.length === values.length
    ? attachments
    : refuse(422, 'parameter_invalid', `${name} must be a list of ${wanted}`)
}

function behindUrl(value: unknown): Attachment | undefined {
  const url = typeof value === 'string' ? URL.parse(value) : null
  if (typeof value !== 'string' || (url?.protocol !== 'https:' && url?.protocol !== 'http:')) return undefined
  const name = url.pathname.split('/').findLast((segment) => segment !== '') ?? 'file'
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  const contentType = Object.hasOwn(contentTypes, ending) ? contentTypes[ending] : undefined
  return { name, url: value, contentType: contentType ?? 'application/octet-stream', sizeBytes: sizeBehindUrl }
}

function sentAlong(value: unknown): Attachment | undefined {
  if (!isJsonObject(value)) return undefined
  const { content_type: contentType, data, name } = value
  if (typeof contentType !== 'string' || typeof data !== 'string' || typeof name !== 'string') return undefined
  const url = `https://downloads.intercomcdn.com/i/o/${encodeURIComponent(name.slice(0, 200).toWellFormed())}`
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0
  return { name, url, contentType, sizeBytes: Math.max(0, Math.floor(data.length / 4) * 3 - padding) }
}
