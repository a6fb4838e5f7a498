// Text that is not ours (abort reasons, hosts, keys) on its way into the history: cut to a fixed length, and without any
// token the client has sent.

import { basicCredentials } from '#context/basic-auth.ts'
import { limits } from '#context/limits.ts'

/** Shorter credentials would blot out ordinary words. */
const shortestSecret = 8
const secretsKept = 64

export interface Redactor {
  /** Remembers the credentials of an `authorization` header. */
  learn(authorization: string | undefined): void
  clean(text: string): string
}

export function createRedactor(): Redactor {
  const secrets = new Set<string>()
  return {
    learn: (authorization) => {
      if (authorization === undefined || secrets.size >= secretsKept) return
      const credentials = authorization.slice(authorization.indexOf(' ') + 1).trim()
      for (const secret of [credentials, ...namesIn(authorization)])
        if (secret.length >= shortestSecret) secrets.add(secret)
    },
    clean: (text) => {
      let cleaned = text
      for (const secret of secrets) if (cleaned.includes(secret)) cleaned = cleaned.replaceAll(secret, '[secret]')
      return cleaned.slice(0, limits.foreignText)
    },
  }
}

/** A name and a password, each a secret: a token may stand in for either. */
function namesIn(authorization: string): readonly string[] {
  return basicCredentials(authorization)?.split(':') ?? []
}

/** Whatever was thrown or given as a reason, as text. Never throws itself. */
export function textOf(value: unknown): string {
  try {
    return String(value)
  } catch {
    return `(${typeof value} without text)`
  }
}
