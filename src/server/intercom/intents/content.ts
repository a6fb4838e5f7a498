// What a write was to leave behind, compared with what it left. An API may wrap a text in HTML and a client may put words around
// it; what was asked for must be in there.

import type { Content } from '../../intent.ts'

type Found = Readonly<Record<string, boolean>>

/** `look` tells of each field whether the entity holds it as asked; `undefined` when there is no such entity. */
export function content(
  fields: readonly string[],
  look: (workspace: string, input: unknown, entity: string) => Found | undefined,
): Content {
  return {
    fields,
    lacking: (workspace, { input }, entity) => {
      const found = look(workspace, input, entity)
      return fields.filter((field) => found?.[field] !== true)
    },
  }
}

/** The second half of an entity's name, when it is of this kind. */
export function idOf(kind: string, entity: string): string {
  return entity.startsWith(`${kind}:`) ? entity.slice(kind.length + 1) : ''
}

/** The same but for white space around it. */
export function isName(stored: string | null | undefined, asked: string): boolean {
  return stored?.trim() === asked.trim()
}

export function isEmail(stored: string | null | undefined, asked: string): boolean {
  return isName(stored?.toLowerCase(), asked.toLowerCase())
}

/** HTML or not, with white space or without. */
export function holdsText(stored: unknown, asked: string): boolean {
  return typeof stored === 'string' && bare(stored).includes(bare(asked))
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '' }

function bare(text: string): string {
  return text
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/&(#?\w+);/gu, (whole, name: string) => entities[name] ?? whole)
    .replaceAll(/\s/gu, '')
}
