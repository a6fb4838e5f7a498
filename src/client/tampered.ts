// A client that changed the language under the feet of everybody in its process.

import { tamperingWords, type Tampering } from '#context/intrinsics.ts'
import { UserError } from '#context/user-error.ts'

/** `client` as it is named elsewhere. */
export function tampered(client: string, tampering: Tampering, when = 'while it was loaded'): UserError {
  return new UserError(`The client ${client} ${tamperingWords(tampering)} ${when}; nothing can be judged by it.`, {
    hint: 'The simulated services share these built-ins with it. Let it keep functions of its own under names of its own.',
  })
}
