// The intents about articles of the help center.

import type { Truth } from '#history/event.ts'
import type { Fields } from '../../compare.ts'
import type { InputOf, Intent } from '../../intent.ts'
import type { Article } from '../article.ts'
import { articleUrl } from '../render-article.ts'
import type { Workspace } from '../workspace.ts'
import { populationOf } from './population.ts'
import type { Populations } from './population.ts'
import { objectsIn, only, worst } from './shown.ts'
import { storedTruth } from './stored-truth.ts'

export function articleIntents(populations: Populations): readonly Intent[] {
  const of = (name: string) => populationOf(populations, name)
  return [
    {
      name: 'article.read',
      effect: 'read',
      draw: (workspace, rank) => {
        const article = of(workspace).article(rank)
        return { input: { article }, entity: `article:${article.id}` }
      },
      truth: (name, ask, value, shown) => {
        const { article } = ask.input as InputOf<'article.read'>
        return articleTruth(of(name).workspace, article.id, shown ?? only(value))
      },
    },
    {
      name: 'article.list',
      effect: 'read',
      draw: () => ({ input: {} }),
      truth: (name, _ask, value, shown) => {
        const items = shown ? [shown] : objectsIn(value)
        return worst(items.map((item) => articleTruth(of(name).workspace, undefined, item)))
      },
    },
  ]
}

function articleTruth(workspace: Workspace, asked: string | undefined, value: Fields): Truth | undefined {
  return storedTruth(workspace.articles, asked, value, (article) => fieldsOf(article, workspace))
}

function fieldsOf(article: Article, { idCode }: Workspace): Fields {
  const identity = { id: article.id, deleted: article.deleted }
  if (article.deleted) return identity
  return {
    ...identity,
    title: article.title,
    description: article.description,
    body: article.body,
    author_id: article.authorId,
    state: article.state,
    created_at: article.createdAt,
    updated_at: article.updatedAt,
    url: articleUrl(article, idCode),
  }
}
