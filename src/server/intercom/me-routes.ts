// GET /me: whose token this is, and the cheapest way to learn the region.

import { answer } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Route } from './call.ts'
import type { Admin, Workspace } from './workspace.ts'

export const meRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/me',
    subject: ({ workspace }) => subject(workspace.admins.entity(ownAdmin(workspace).id)),
    serve: ({ workspace }) => {
      const admin = ownAdmin(workspace)
      return answer(JSON.stringify(meShape(workspace, admin)), contains([workspace.admins.entity(admin.id), 1]))
    },
  },
]

/** The admin who installed the app. */
export function ownAdmin(workspace: Workspace): Admin {
  const [first] = workspace.admins.all()
  if (!first) throw new Error(`Workspace ${workspace.name} has no admin.`)
  return first.value
}

function meShape(workspace: Workspace, admin: Admin): Record<string, unknown> {
  return {
    type: 'admin',
    id: admin.id,
    email: admin.email,
    name: admin.name,
    email_verified: true,
    app: {
      type: 'app',
      id_code: workspace.idCode,
      name: workspace.name,
      created_at: workspace.createdAt,
      secure: false,
      identity_verification: false,
      timezone: workspace.timezone,
      region: workspace.region.toUpperCase(),
    },
    avatar: { type: 'avatar', image_url: 'https://static.intercomassets.com/assets/default-avatars/admins/128.png' },
    has_inbox_seat: true,
  }
}
