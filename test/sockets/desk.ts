// For tests of real time: patient enough for a machine that does other things, too. A read that failed is tried
// once more, after a pause.

import { defineClient, type Call, type ClientWorld } from 'brownout'

const promise = { within: '20s', degrade: ['error'] } as const

export type Send = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string },
) => Promise<{
  status: number
  text: string
}>

/** `send` is how one request travels. */
export function deskOver(name: string, send: Send) {
  return defineClient({
    name,
    promises: { 'contact.read': promise, 'conversation.reply': promise },
    create(world) {
      const ask = asking(world, send)
      const read = (path: string, call: Call) =>
        ask(path, call).catch(async () => {
          await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 300))
          return ask(path, call)
        })
      return {
        operations: {
          'contact.read': ({ contact }, call) => read(`/contacts/${contact.id}`, call),
          'conversation.reply': ({ conversation, adminId, body }, call) =>
            ask(`/conversations/${conversation.id}/reply`, call, {
              message_type: 'comment',
              type: 'admin',
              admin_id: adminId,
              body,
            }),
        },
      }
    },
  })
}

function asking(world: ClientWorld, send: Send) {
  return async (path: string, call: Call, body?: unknown): Promise<unknown> => {
    const access = world.workspaces[call.workspace]
    const headers = { authorization: `Bearer ${access?.token}`, 'content-type': 'application/json' }
    const init = { method: body === undefined ? 'GET' : 'POST', headers }
    const { status, text } = await send(
      `${access?.url}${path}`,
      body === undefined ? init : { ...init, body: JSON.stringify(body) },
    )
    if (status !== 200) throw Object.assign(new Error(`Intercom answered ${status}`), { status })
    return JSON.parse(text) as unknown
  }
}
