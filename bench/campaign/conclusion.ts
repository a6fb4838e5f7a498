// What the searches say together, as text.

export type Search = {
  readonly client: string
  /** What the bug was planted for. */
  readonly oracle: string
  readonly how: 'guided' | 'blind'
  /** Within how many runs; `null` when it was not found. */
  readonly found: number | null
  /** In how many runs its oracle had enough to judge. */
  readonly judged: number
  /** In how many runs it failed; the rest is only played when all are. */
  readonly failing: number
  /** Of the smallest case; `null` when it was not made smaller. */
  readonly windows: number | null
  readonly others: readonly string[]
  readonly because: string
}

export function conclusion(
  searches: readonly Search[],
  left: readonly { readonly client: string; readonly why: string }[],
  runs: number,
  isAll: boolean,
): string {
  const reasons = [...Map.groupBy(left, ({ why }) => why)].map(([why, all]) => `${all.length}: ${why}`)
  return [
    ...(['guided', 'blind'] as const).flatMap((how) => lineOf(how, searches, runs)),
    ...comparison(searches, runs),
    ...(isAll ? yields(searches, runs) : []),
    `left out, ${left.length}: ${reasons.join('; ')}`,
  ].join('\n')
}

function lineOf(how: Search['how'], searches: readonly Search[], runs: number): readonly string[] {
  const meant = searches.filter((one) => one.how === how)
  if (meant.length === 0) return []
  // Who fails without any fault has been found before, and where an oracle never has enough to judge nothing can be found.
  const [ill, never] = [
    meant.filter(({ because }) => because !== ''),
    meant.filter((one) => one.because === '' && one.judged === 0),
  ]
  const all = meant.filter((one) => !ill.includes(one) && !never.includes(one))
  const found = all.filter((one) => one.found !== null)
  const windows = found.flatMap((one) => one.windows ?? [])
  const missed = all.filter((one) => one.found === null).map(({ client, oracle }) => `${client} (${oracle})`)
  const small = windows.length > 0 ? `, median smallest case of ${median(windows)} windows` : ''
  return [
    `${how}: ${found.length} of ${all.length} planted bugs found by their own oracle within ${runs} runs (${Math.round((found.length / all.length) * 100)}%), the median within ${median(found.map((one) => one.found ?? runs))} runs${small}`,
    ...(missed.length > 0 ? [`  not found: ${missed.join(', ')}`] : []),
    ...(ill.length > 0 ? [`  not looked for, because they fail without any fault: ${namesOf(ill)}`] : []),
    ...(never.length > 0 ? [`  their oracle never had enough to judge on this ground: ${namesOf(never)}`] : []),
  ]
}

function namesOf(searches: readonly Search[]): string {
  return searches.map(({ client, oracle }) => `${client} (${oracle})`).join(', ')
}

/** Bugs that both looked for: whose search was shorter. A bug that was not found took all runs. */
function comparison(searches: readonly Search[], runs: number): readonly string[] {
  const costs = (how: Search['how']) =>
    new Map(searches.filter((one) => one.how === how).map((one) => [one.client, one.found ?? runs]))
  const [guided, blind] = [costs('guided'), costs('blind')]
  const both = [...guided].flatMap(([client, cost]) => {
    const other = blind.get(client)
    return other === undefined ? [] : [{ cost, other }]
  })
  if (both.length === 0) return []
  const sum = (pick: 'cost' | 'other') => both.reduce((total, one) => total + one[pick], 0)
  const sooner = both.filter(({ cost, other }) => cost < other).length
  const later = both.filter(({ cost, other }) => cost > other).length
  return [
    `guided against blind over ${both.length} bugs: ${sum('cost')} runs against ${sum('other')}; sooner for ${sooner}, later for ${later}`,
  ]
}

/** How many of the cases show the bugs: far less a matter of chance than which is the first. */
function yields(searches: readonly Search[], runs: number): readonly string[] {
  return (['guided', 'blind'] as const).flatMap((how) => {
    const meant = searches.filter((one) => one.how === how && one.because === '')
    const failing = meant.reduce((sum, one) => sum + one.failing, 0)
    const rows = meant.map((one) => `${one.client} ${one.failing}`)
    return meant.length === 0
      ? []
      : [`${how}: ${failing} of ${meant.length * runs} cases show a bug: ${rows.join(', ')}`]
  })
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
