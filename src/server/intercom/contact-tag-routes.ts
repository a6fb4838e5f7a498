// The tags of one contact: list, add, remove.

import { answer } from './answer.ts'
import type { Answer, Refusal } from './answer.ts'
import { contains, subject } from './call.ts'
import type { Call, Route, Subject } from './call.ts'
import { userNotFound } from './contact-routes.ts'
import type { AppliedTag } from './contact.ts'
import { scalarText } from './fields.ts'
import { tagNotFound } from './tag-routes.ts'
import { tagContact, tagKey, untagContact } from './tagging.ts'
import type { Tag } from './tag-book.ts'
import type { EffectFacts } from '../service.ts'
import type { Workspace } from './workspace.ts'

export const contactTagRoutes: readonly Route[] = [
  { method: 'GET', template: '/contacts/{id}/tags', subject: (call) => about(call), serve: list },
  {
    method: 'POST',
    template: '/contacts/{id}/tags',
    subject: (call) => about(call, keyOf(call, scalarText(call.body['id']))),
    serve: add,
  },
  {
    method: 'DELETE',
    template: '/contacts/{id}/tags/{tag_id}',
    subject: (call) => about(call, `un${keyOf(call, call.second)}`),
    serve: remove,
  },
]

function about({ workspace, id }: Call, key?: string): Subject {
  const { store } = workspace.contacts
  return subject(store.entity(id), key, store.current(id)?.value.externalId)
}

function keyOf({ workspace, id }: Call, tagId: string): string {
  return tagKey(id, workspace.tags.find(tagId)?.value.name ?? tagId)
}

function list({ workspace, id }: Call): Answer | Refusal {
  const contact = workspace.contacts.find(id)?.value
  if (!contact) return userNotFound()
  const { tags } = workspace
  const shown = (contact.tags ?? []).flatMap((applied) => {
    const tag = tags.find(applied.id)
    return tag ? [{ tag, applied }] : []
  })
  const data = shown.map(({ tag, applied }) => appliedShape(tag.value, applied))
  const seen = shown.map(({ tag }) => [tags.store.entity(tag.value.id), tag.number] as const)
  return answer(JSON.stringify({ type: 'list', data }), contains(...seen))
}

function add({ workspace, id, body, now }: Call): Answer | Refusal {
  const contact = workspace.contacts.find(id)?.value
  if (!contact) return userNotFound()
  const tag = workspace.tags.find(scalarText(body['id']))?.value
  if (!tag) return tagNotFound()
  const effects = tagContact(workspace, contact, tag, now)
  const applied = workspace.contacts.find(id)?.value.tags?.find((other) => other.id === tag.id)
  return showApplied(workspace, tag, applied, effects)
}

function remove({ workspace, id, second, now }: Call): Answer | Refusal {
  const contact = workspace.contacts.find(id)?.value
  if (!contact) return userNotFound()
  const applied = contact.tags?.find((other) => other.id === second)
  const tag = applied && workspace.tags.find(second)?.value
  if (!tag) return tagNotFound()
  return showApplied(workspace, tag, applied, untagContact(workspace, contact, tag, now))
}

function showApplied(
  { tags }: Workspace,
  tag: Tag,
  applied: AppliedTag | undefined,
  effects: readonly EffectFacts[],
): Answer {
  const number = tags.store.current(tag.id)?.number ?? 1
  return answer(JSON.stringify(appliedShape(tag, applied)), contains([tags.store.entity(tag.id), number]), effects)
}

function appliedShape({ id, name }: Tag, applied: AppliedTag | undefined): Record<string, unknown> {
  const by = applied && { type: 'admin', id: applied.adminId }
  return { type: 'tag', id, name, applied_at: applied?.appliedAt ?? null, applied_by: by ?? null }
}
