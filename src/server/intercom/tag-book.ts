// The tags of one workspace. There are few, so a name is looked for among all of them. Deleted tags keep their versions.

import type { Moment } from '../moment.ts'
import type { EffectFacts } from '../service.ts'
import { Store } from '../store.ts'
import type { Version } from '../store.ts'

export type Tag = { readonly id: string; readonly name: string; readonly deleted: boolean }

export class TagBook {
  readonly store: Store<Tag>

  constructor(moment?: Moment) {
    this.store = new Store('tag', moment)
  }

  find(id: string): Version<Tag> | undefined {
    const version = this.store.current(id)
    return version?.value.deleted ? undefined : version
  }

  findByName(name: string): Version<Tag> | undefined {
    return this.listed().find(({ value }) => value.name === name)
  }

  /** Tags that are not deleted. */
  listed(): Version<Tag>[] {
    return [...this.store.all()].filter(({ value }) => !value.deleted)
  }

  /** A tag as such is nobody's business; putting it on somebody is. */
  commit(tag: Tag, change: string): EffectFacts {
    return this.store.commit(tag.id, tag, { change })
  }
}
