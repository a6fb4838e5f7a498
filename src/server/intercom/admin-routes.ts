// The people who work in the workspace: list and get.

import { answer, refuse } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Route } from './call.ts'
import type { Admin } from './workspace.ts'

export const adminRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/admins',
    subject: () => ({}),
    serve: ({ workspace: { admins } }) => {
      const all = [...admins.all()]
      const seen = all.map(({ value, number }) => [admins.entity(value.id), number] as const)
      const list = { type: 'admin.list', admins: all.map(({ value }) => adminShape(value)) }
      return answer(JSON.stringify(list), contains(...seen))
    },
  },
  {
    method: 'GET',
    template: '/admins/{id}',
    subject: ({ workspace, id }) => subject(workspace.admins.entity(id)),
    serve: ({ workspace: { admins }, id }) => {
      const found = admins.current(id)
      if (!found) return refuse(404, 'admin_not_found', 'Admin not found')
      return answer(
        JSON.stringify(adminShape(found.value, { away_status_reason_id: null })),
        contains([admins.entity(id), found.number]),
      )
    },
  },
]

/** As the author of something. */
export function authorShape({ id, name, email }: Admin): Record<string, unknown> {
  return { type: 'admin', id, name, email, away_mode_enabled: false, away_mode_reassign: false }
}

function adminShape(admin: Admin, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...authorShape(admin), has_inbox_seat: true, ...more, team_ids: [] }
}
