// A baseline, read back. Whoever edits it, or takes another file for it, is told the line.

import { z } from 'zod'
import { UserError, type Place } from '#context/user-error.ts'
import { complain } from '#scenario/complaint.ts'
import { readDocument, type Document } from '#scenario/document.ts'
import { addIssues } from '#scenario/issue.ts'
import { Problems, quote, type Path } from '#scenario/problem.ts'
import { section } from '#scenario/terms.ts'
import { amountInWords, readAmount, type Amount } from './amount.ts'
import { sections, type Entry, type Figures } from './entry.ts'

/** An entry, and where each part of it stands. */
export type Saved = Entry & { readonly place: Place; readonly placeOf: (key: 'seed' | 'profile') => Place }

const message = (issue: { readonly input?: unknown }) => (issue.input === undefined ? undefined : amountInWords)
const amount = z
  .union([z.string(), z.number()], { error: message })
  .refine((written) => readAmount(written) !== undefined, amountInWords)
const amounts = z.record(z.string(), amount)
const outcome = z.enum(['pass', 'fail', 'inconclusive', 'error'])

const entrySchema = section({
  seed: z.string(),
  profile: z.enum(['strict', 'default', 'lenient']),
  outcome,
  failed: amount.optional(),
  amplification: amount.optional(),
  recovered: amount.optional(),
  attempts: amounts.optional(),
  pauses: amounts.optional(),
  outcomes: amounts.optional(),
  errors: amounts.optional(),
  margins: amounts.optional(),
})
const baselineSchema = section({
  baseline: z.literal(1),
  runs: z.record(z.string(), z.record(z.string(), entrySchema)),
})

type Written = z.infer<typeof entrySchema>

const whatItIs = 'A baseline is written by: baseline save'

/** `file` is how it is called in messages. Throws UserError. */
export function readBaseline(text: string, file: string): readonly Saved[] {
  const document = readDocument(text)
  if (document.misprints.length > 0) throw complain(text, file, document, document.misprints)
  const { data } = document
  if (!isBaseline(data)) throw new UserError('this is no baseline', { place: { file, line: 1 }, hint: whatItIs })
  if (data.baseline !== 1)
    throw new UserError(`this baseline is of form ${quote(data.baseline)}, and this version reads form 1`, {
      place: { file, ...placeIn(document, ['baseline']) },
      hint: 'Save it anew with this version, or compare with the version that wrote it.',
    })
  const form = baselineSchema.safeParse(data, { jitless: true })
  if (form.success) return entriesOf(form.data.runs, document, file)
  const problems = new Problems()
  addIssues(problems, form.error.issues, baselineSchema, data, [])
  throw complain(
    text,
    file,
    document,
    problems.list.map((problem) => ({ ...problem, span: document.spanOf(problem) })),
  )
}

function isBaseline(data: unknown): data is { readonly baseline: unknown } {
  return typeof data === 'object' && data !== null && 'baseline' in data
}

function placeIn(document: Document, path: Path): Pick<Place, 'line' | 'column'> {
  return document.placeOf(document.spanOf({ path, on: 'key', what: '' }).start)
}

function entriesOf(runs: z.infer<typeof baselineSchema>['runs'], document: Document, file: string): Saved[] {
  return Object.entries(runs).flatMap(([scenario, clients]) =>
    Object.entries(clients).map(([client, written]) => {
      const at = (path: Path): Place => ({ file, ...placeIn(document, ['runs', scenario, client, ...path]) })
      const { seed, profile, outcome: ended } = written
      const figures = Object.fromEntries(sections.map((name) => [name, figuresOf(written[name], name === 'margins')]))
      return { scenario, client, seed, profile, outcome: ended, figures, place: at([]), placeOf: (key) => at([key]) }
    }),
  )
}

/** A margin that is a whole number has lost its plus to YAML. */
function figuresOf(written: Written['failed'] | Written['margins'], isMargin: boolean): Figures {
  if (written === undefined) return {}
  const all = typeof written === 'object' ? written : { '': written }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, one]): [string, Amount][] => {
      const sign = isMargin && typeof one === 'number' && one > 0 ? '+' : ''
      const read = readAmount(`${sign}${one}`)
      return read ? [[name, read]] : []
    }),
  )
}
