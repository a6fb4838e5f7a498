// In whose name a call acts. Fin, the bot that signs what the workspace does by itself, looks like an admin in every reply, but
// nobody may act as it.

import { refuse } from './answer.ts'
import type { Refusal } from './answer.ts'
import type { Author, Bot } from './conversation.ts'
import { scalarText } from './fields.ts'
import type { Admin, Workspace } from './workspace.ts'

/** Past the first numbers of admins. */
const botNumbers = 100_000_000

export function botOf({ idCode }: Workspace): Bot {
  const id = String(botNumbers + Number.parseInt(idCode.slice(0, 6), 16))
  return { type: 'bot', id, name: 'Fin', email: `operator+${idCode}@intercom.io` }
}

export function actingAdmin(workspace: Workspace, id: unknown): Admin | Refusal {
  const named = scalarText(id)
  const admin = workspace.admins.current(named)?.value
  if (admin) return admin
  return named === botOf(workspace).id
    ? refuse(405, 'action_forbidden', 'Action is not allowed for this type of admin')
    : refuse(404, 'admin_not_found', 'Admin not found')
}

export function adminAuthor({ id, name, email }: Admin): Author {
  return { type: 'admin', id, name, email }
}
