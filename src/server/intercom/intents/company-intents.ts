// The intents about companies. The business key of a write is the company id that the client gave.

import type { CompanyRef, InputOf, Intent } from '../../intent.ts'
import { refKey } from '../ref-token.ts'
import { companyTruth } from './company-truth.ts'
import { content, idOf, isName } from './content.ts'
import { populationOf } from './population.ts'
import type { Populations } from './population.ts'
import { only, truthOfAll } from './shown.ts'

export function companyIntents(populations: Populations): readonly Intent[] {
  return [read(populations), upsert(populations), all('company.list', populations), all('company.scroll', populations)]
}

function about({ id }: CompanyRef): { readonly entity: string } {
  return { entity: `company:${id}` }
}

function read(populations: Populations): Intent {
  return {
    name: 'company.read',
    effect: 'read',
    draw: (workspace, rank) => {
      const company = populationOf(populations, workspace).company(rank)
      return { input: { company }, ...about(company) }
    },
    truth: (name, ask, value, shown) => {
      const { company } = ask.input as InputOf<'company.read'>
      return companyTruth(populationOf(populations, name).workspace, company.id, shown ?? only(value))
    },
  }
}

function upsert(populations: Populations): Intent {
  return {
    name: 'company.upsert',
    effect: 'write',
    // One in four is new to Intercom; the others have been there, and get a new name. No name is given twice.
    draw: (workspace, rank, nth, random) => {
      const ref = refKey(nth, random)
      const name = `Company ${ref}`
      if (random.fork('new').next() < 0.25) {
        const companyId = `new-company-${ref.toLowerCase()}`
        return { input: { companyId, name }, key: companyId }
      }
      const company = populationOf(populations, workspace).company(rank)
      return { input: { companyId: company.companyId, name }, ...about(company), key: company.companyId }
    },
    truth: (name, ask, value, shown) => {
      const { workspace } = populationOf(populations, name)
      const { companyId } = ask.input as InputOf<'company.upsert'>
      const id = workspace.companies.findByCompanyId(companyId)?.value.id
      return companyTruth(workspace, id, shown ?? only(value))
    },
    content: content(['name'], (of, input, entity) => {
      const { name } = input as InputOf<'company.upsert'>
      const { companies } = populationOf(populations, of).workspace
      const stored = companies.store.versions(idOf('company', entity)).at(-1)?.value
      return stored && { name: isName(stored.name, name) }
    }),
  }
}

/** All companies, whichever way the client gets at them. */
function all(name: 'company.list' | 'company.scroll', populations: Populations): Intent {
  return {
    name,
    effect: 'read',
    draw: () => ({ input: {} }),
    truth: (of, _ask, value, shown) => {
      const { workspace } = populationOf(populations, of)
      if (shown) return companyTruth(workspace, undefined, shown)
      return truthOfAll(workspace.companies.store, value, (item) => companyTruth(workspace, undefined, item))
    },
  }
}
