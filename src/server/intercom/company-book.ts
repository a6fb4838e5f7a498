// The companies of one workspace: the Store and the ways to find one without an id. Deleted companies keep their versions,
// but are found by nothing but the id.

import type { Moment } from '../moment.ts'
import type { EffectFacts } from '../service.ts'
import { Store } from '../store.ts'
import type { Version } from '../store.ts'
import type { Company, Plan } from './company.ts'

export class CompanyBook {
  readonly store: Store<Company>
  readonly #byCompanyId = new Map<string, string>()
  readonly #plans = new Map<string, Plan>()

  constructor(moment?: Moment) {
    this.store = new Store('company', moment)
  }

  find(id: string): Version<Company> | undefined {
    const version = this.store.current(id)
    return version?.value.deleted ? undefined : version
  }

  findByCompanyId(companyId: string): Version<Company> | undefined {
    if (this.store.moment.isLate) return this.listed().find(({ value }) => value.companyId === companyId)
    const id = this.#byCompanyId.get(companyId)
    return id === undefined ? undefined : this.find(id)
  }

  findByName(name: string): Version<Company> | undefined {
    return this.listed().find(({ value }) => value.name === name)
  }

  /** Companies that are not deleted. */
  listed(): Version<Company>[] {
    return [...this.store.all()].filter(({ value }) => !value.deleted)
  }

  /** Plans have no route of their own: one is there as soon as a company is on it. */
  plan(name: string): Plan {
    const plan = this.#plans.get(name) ?? { id: String(this.#plans.size + 1), name }
    this.#plans.set(name, plan)
    return plan
  }

  /** The business key of a change to a company is its company id, unless another is given; `null`: none. */
  commit(company: Company, change: string, key: string | null = company.companyId): EffectFacts {
    if (company.deleted) this.#byCompanyId.delete(company.companyId)
    else this.#byCompanyId.set(company.companyId, company.id)
    return this.store.commit(company.id, company, { change, key: key ?? undefined })
  }
}
