// Articles in the shape of API 2.14: with statistics alone, without them in lists.

import type { Article } from './article.ts'
import type { Workspace } from './workspace.ts'

export function articleShape(article: Article, workspace: Workspace): Record<string, unknown> {
  return {
    ...articleListShape(article, workspace),
    statistics: {
      type: 'article_statistics',
      views: 0,
      conversations: 0,
      reactions: 0,
      happy_reaction_percentage: 0,
      neutral_reaction_percentage: 0,
      sad_reaction_percentage: 0,
    },
  }
}

export function articleListShape(article: Article, workspace: Workspace): Record<string, unknown> {
  return {
    id: article.id,
    type: 'article',
    workspace_id: workspace.idCode,
    parent_id: article.parentId,
    parent_type: article.parentId === null ? null : 'collection',
    parent_ids: article.parentId === null ? [] : [article.parentId],
    tags: { type: 'tag.list', tags: [] },
    title: article.title,
    description: article.description,
    body: article.body,
    author_id: Number(article.authorId),
    state: article.state,
    created_at: article.createdAt,
    updated_at: article.updatedAt,
    url: articleUrl(article, workspace.idCode),
  }
}

/** A draft has none. */
export function articleUrl({ id, title, state }: Article, idCode: string): string | null {
  if (state === 'draft') return null
  const slug = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '')
  return `https://help.${idCode}.example/en/articles/${id}-${slug}`
}
