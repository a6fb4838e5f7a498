// The client that `init` writes: small, and meant to be filled with the code of the project.

export type Language = { readonly isTypeScript: boolean }

const head = `// The client under test: what your code promises, and how Brownout asks it for something. Begin with this one, then call your own
// code instead: the functions that your product calls, with their caches, retries and queues. Time, chance and the network are simulated around
// it; nothing reaches the real API. What else a client can offer: docs/clients.md of the package.
`

const promises = `  promises: {
    // Settles within 10 s, whatever happens. Rather a copy of at most an hour, declared as one, than an error.
    'contact.read': { within: '10s', degrade: ['stale 1h', 'error'] },
    // Nobody may think that a reply was sent when it was not.
    'conversation.reply': { within: '10s', degrade: ['error'] },
  },`

const contactRead = `        'contact.read': async ({ contact }, call) => {
          const copy = copies.get(contact.id)
          try {
            const found = await readContact(call.workspace, contact.id, limited(call.signal))
            copies.set(contact.id, { contact: found, at: Date.now() })
            return found
          } catch (error) {
            const age = copy ? Date.now() - copy.at : Infinity
            if (!copy || age > oldestMs || call.signal.aborted) throw error
            return stale(copy.contact, { age })
          }
        },`

function body({ isTypeScript }: Language, imports: string, access: string, reply: string): string {
  const text = isTypeScript ? ': string' : ''
  const signal = isTypeScript ? ': AbortSignal' : ''
  const types = isTypeScript ? '<string, { contact: unknown; at: number }>' : ''
  return `${head}
${imports}

const oldestMs = 3_600_000

/** One attempt may take 4 s, and ends when nobody waits any more. */
const limited = (signal${signal}) => AbortSignal.any([signal, AbortSignal.timeout(4_000)])

export const client = defineClient({
  name: 'ours',
${promises}
  create(world) {
${access.replaceAll('<text>', text).replaceAll('<signal>', signal)}
    const copies = new Map${types}()
    return {
      operations: {
${contactRead}
${reply}
      },
    }
  },
})
`
}

/** On the official SDK, as it is since 6. Options are said with each request, because 6 takes them only there. */
export function sdkClient(language: Language): string {
  return body(
    language,
    `import { IntercomClient } from 'intercom-client'
import { defineClient, stale } from 'brownout'`,
    `    const desks = new Map(
      Object.entries(world.workspaces).map(([name, { url, token }]) => [
        name,
        new IntercomClient({ token, environment: url }),
      ]),
    )
    const deskOf = (workspace<text>) => {
      const desk = desks.get(workspace)
      if (!desk) throw new Error(\`There is no workspace "\${workspace}"\`)
      return desk
    }
    const once = (abortSignal<signal>) => ({ abortSignal, maxRetries: 0, timeoutInSeconds: 5 })
    const readContact = (workspace<text>, id<text>, signal<signal>) =>
      deskOf(workspace).contacts.find({ contact_id: id }, once(signal))`,
    `        'conversation.reply': ({ conversation, adminId, body }, call) =>
          deskOf(call.workspace).conversations.reply(
            {
              conversation_id: conversation.id,
              body: { message_type: 'comment', type: 'admin', admin_id: adminId, body },
            },
            once(limited(call.signal)),
          ),`,
  )
}

/**
 * On the official SDK as it was from 3 to 5: a signal is an option of axios and said when a client is made, so each request has its own;
 * and what was answered in another form than Intercom's own errors is thrown as nothing at all.
 */
export function oldSdkClient(language: Language): string {
  const { isTypeScript } = language
  const [type, answer] = isTypeScript ? ['<T>', ': Promise<T>'] : ['', '']
  return body(
    language,
    `import { Client, ReplyToConversationMessageType } from 'intercom-client'
import { defineClient, stale } from 'brownout'`,
    `    const deskOf = (workspace<text>, signal<signal>) => {
      const access = world.workspaces[workspace]
      if (!access) throw new Error(\`There is no workspace "\${workspace}"\`)
      const desk = new Client({ tokenAuth: { token: access.token } })
      return desk.useRequestOpts({ baseURL: access.url, timeout: 5_000, signal })
    }
    /** This SDK throws \`undefined\` where an answer is none of Intercom's. */
    async function named${type}(answer${answer})${answer} {
      try {
        return await answer
      } catch (error) {
        throw error ?? new Error('The answer was an error in none of the forms of Intercom')
      }
    }
    const readContact = (workspace<text>, id<text>, signal<signal>) => named(deskOf(workspace, signal).contacts.find({ id }))`,
    `        'conversation.reply': ({ conversation, adminId, body }, call) =>
          named(
            deskOf(call.workspace, limited(call.signal)).conversations.replyByIdAsAdmin({
              id: conversation.id,
              adminId,
              messageType: ReplyToConversationMessageType.COMMENT,
              body,
            }),
          ),`,
  )
}

/** On nothing but \`fetch\`. */
export function fetchClient(language: Language): string {
  const options = language.isTypeScript ? ': RequestInit' : ''
  return body(
    language,
    `import { defineClient, stale } from 'brownout'`,
    `    const ask = async (workspace<text>, path<text>, options${options}) => {
      const access = world.workspaces[workspace]
      if (!access) throw new Error(\`There is no workspace "\${workspace}"\`)
      const headers = { authorization: \`Bearer \${access.token}\`, 'content-type': 'application/json' }
      const response = await fetch(\`\${access.url}\${path}\`, { ...options, headers })
      if (!response.ok) {
        await response.body?.cancel()
        throw Object.assign(new Error(\`Intercom answered \${response.status}\`), { statusCode: response.status })
      }
      return response.json()
    }
    const readContact = (workspace<text>, id<text>, signal<signal>) => ask(workspace, \`/contacts/\${id}\`, { signal })`,
    `        'conversation.reply': ({ conversation, adminId, body }, call) =>
          ask(call.workspace, \`/conversations/\${conversation.id}/reply\`, {
            method: 'POST',
            body: JSON.stringify({ message_type: 'comment', type: 'admin', admin_id: adminId, body }),
            signal: limited(call.signal),
          }),`,
  )
}
