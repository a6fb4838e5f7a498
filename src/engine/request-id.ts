// The id by which a provider finds a request again, wherever an error of the client keeps it: in a field, in the headers of
// the answer, in the body, or in the words of its message.

import { limits } from '#context/limits.ts'
import { readField } from './read-field.ts'

const inWords = /\brequest(?:[ _-]?id)?["']?\s{0,3}[:=#]?\s{0,3}["']?(?=[\w-]{0,100}\d)([\w-]{8,100})/iu
/** Ids stand at the beginning or in a body that was printed; nobody reads further. */
const readCharacters = 20_000

export function requestIdOf(error: unknown): string | undefined {
  if (typeof error === 'string') return inText(error)
  const answer = readField(error, 'rawResponse') ?? readField(error, 'response')
  return (
    idIn(error) ??
    idIn(readField(error, 'body')) ??
    inHeaders(readField(error, 'headers')) ??
    inHeaders(readField(answer, 'headers')) ??
    idIn(readField(answer, 'data')) ??
    inText(readField(error, 'message'))
  )
}

function idIn(from: unknown): string | undefined {
  return ['requestId', 'request_id', 'requestID'].map((key) => word(readField(from, key))).find(isKnown)
}

/** `Headers`, or a plain record of them. */
function inHeaders(headers: unknown): string | undefined {
  const get = readField(headers, 'get')
  if (typeof get === 'function') return word(asked(() => get.call(headers, 'x-request-id')))
  return ['x-request-id', 'X-Request-Id', 'X-Request-ID'].map((key) => word(readField(headers, key))).find(isKnown)
}

function asked(question: () => unknown): unknown {
  try {
    return question()
  } catch {
    return undefined
  }
}

function inText(text: unknown): string | undefined {
  return typeof text === 'string' && text.length <= limits.readCharacters
    ? inWords.exec(text.slice(0, readCharacters))?.[1]
    : undefined
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isKnown(value: string | undefined): boolean {
  return value !== undefined
}
