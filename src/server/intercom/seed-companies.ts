// Fills a fresh workspace with companies, as seed-workspace.ts does with people. They have streams of their own and no
// contacts, so that people and conversations are the same with and without them.

import type { Prng } from '#random/prng.ts'
import type { Company } from './company.ts'
import type { Workspace } from './workspace.ts'

const daySeconds = 86_400
const historyDays = 730

const places = [
  'Harbour',
  'Cedar',
  'Granite',
  'Juniper',
  'Lakeside',
  'Meridian',
  'Nordlys',
  'Río Alto',
  'Tern',
] as const
const trades = ['Analytics', 'Bakeries', 'Energy', 'Freight', 'Health', 'Robotics', 'Studio', 'Travel'] as const
const industries = ['manufacturing', 'retail', 'logistics', 'education', 'health care'] as const
const plans = ['Starter', 'Team', 'Enterprise'] as const

export function seedCompanies(workspace: Workspace, count: number, nowSeconds: number, random: Prng): void {
  for (let index = 0; index < count; index += 1) {
    workspace.companies.commit(seedCompany(workspace, index, nowSeconds, random.fork(index)), 'seeded')
  }
}

function seedCompany(workspace: Workspace, index: number, nowSeconds: number, random: Prng): Company {
  const companyId = `company-${10_000 + index}`
  const createdAt = nowSeconds - random.integer(daySeconds, historyDays * daySeconds)
  const updatedAt = random.integer(createdAt, nowSeconds - 60)
  return {
    id: workspace.newCompanyId(createdAt, companyId),
    companyId,
    name: `${random.pick(places)} ${random.pick(trades)} ${index + 1}`,
    plan: workspace.companies.plan(random.pick(plans)),
    size: random.integer(2, 900),
    website: `https://${companyId}.example`,
    industry: random.pick(industries),
    monthlySpend: random.integer(0, 4_000),
    remoteCreatedAt: createdAt,
    createdAt,
    updatedAt,
    lastRequestAt: updatedAt,
    customAttributes: { tier: random.pick(['bronze', 'silver', 'gold']) },
    tagIds: [],
    deleted: false,
  }
}
