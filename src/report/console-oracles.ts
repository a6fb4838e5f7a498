// What the oracles said, on one screen: failures first, each with its witness, what to change and what speaks for it; then a line
// for each that held, those closest to their limits when there is no room for all; then, in a few lines, what had nothing to
// judge and what does not apply. When the room is short, what speaks for a failure goes first, then the ends of sentences, then
// hints, and those of later failures before those of the first; a line then says so.

import { evidenceOf } from './console-card.ts'
import { alignColumns, clipLines, fitColumns, wrapText } from './layout.ts'
import { nameOf, type Paint } from './paint.ts'
import { describeParts, nameInWords, othersInWords, titleOf } from './quantity.ts'
import { oneLine } from '#context/foreign-text.ts'
import type { JudgedRun, MeasuredVerdict, ReportedVerdict } from './report-schema.ts'
import { isWaived, waivedInWords, wordOf } from './waived.ts'

type Frame = { readonly paint: Paint; readonly width: number; readonly room: number; readonly verbose: boolean }
type Run = Pick<JudgedRun, 'verdicts' | 'ablations' | 'agreement'>
type Block = {
  readonly row: string
  readonly sentence: readonly string[]
  readonly hint: readonly string[]
  /** What speaks for a failure, and where a number is from. */
  readonly proof: readonly string[]
}

/** What cost the verdict comes first. */
const ranks: readonly ((verdict: ReportedVerdict) => boolean)[] = [
  (verdict) => wordOf(verdict) === 'fail',
  ({ verdict }) => verdict === 'error',
  ({ verdict, required }) => verdict === 'inconclusive' && required,
  isWaived,
  ({ verdict }) => verdict === 'pass',
]
const reasons = { 'not-armed': 'not armed', 'few-samples': 'few samples', uncertain: 'uncertain' } as const
const gutter = '    '
/** Lines for a list of names: of what held, of what had nothing to judge, of what does not apply. */
const listLines = 2

export function oracleLines(run: Run, frame: Frame): string[] {
  const { paint, width, verbose } = frame
  const all = ranks.flatMap((belongs) => run.verdicts.filter(belongs))
  const lists = [unseen(run.verdicts, frame), unarmed(run.verdicts, frame), notApplicable(run.verdicts, frame)].flat()
  const shown = verbose ? all : withRoom(all, run, frame, lists.length)
  const { head, lines, indent } = tableOf(shown, frame)
  const blocks = shown.map((verdict, index) => blockOf(verdict, run, lines[index] ?? '', indent, frame))
  const others = [...alsoPassed(all, shown, frame), ...lists]
  const spare = frame.room - blocks.length - 1 - others.length
  return [...(shown.length > 0 ? [paint.dim(head)] : []), ...fit(blocks, spare, width, paint), ...others]
}

/** Columns that a narrow terminal has no room for: who set a threshold, the margin, which follows from the rest, the threshold. */
const expendable = [5, 4, 3]

function tableOf(verdicts: readonly ReportedVerdict[], { paint, width }: Frame) {
  const [head = '', ...lines] = fitColumns(
    [['', 'oracle', 'worst', 'threshold', 'margin', 'set by'], ...verdicts.map((verdict) => rowOf(verdict, paint))],
    ['left', 'left', 'right', 'left', 'right', 'left'],
    width,
    expendable,
  )
  const names = alignColumns(
    [['', 'oracle'], ...verdicts.map((verdict) => rowOf(verdict, paint).slice(0, 2))].map((row) => [...row, '|']),
    ['left', 'left', 'left'],
  )
  return { head, lines, indent: (names[0]?.length ?? 1) - 1 }
}

/** Of what held, the rows that the room allows: what the scenario asks for, then what is closest to its limit. */
function withRoom(all: readonly ReportedVerdict[], run: Run, frame: Frame, listed: number): readonly ReportedVerdict[] {
  const passed = all.filter(({ verdict }) => verdict === 'pass')
  const costly = all.filter(({ verdict }) => verdict !== 'pass')
  const told = costly.flatMap((verdict) => {
    const { sentence, hint, proof } = blockOf(verdict, run, '', 0, frame)
    return ['', ...sentence, ...hint, ...proof]
  })
  const room = Math.max(0, frame.room - told.length - listed - 1)
  if (passed.length <= room) return all
  const closest = passed.toSorted((one, other) => closeness(one) - closeness(other))
  const kept = new Set(closest.slice(0, Math.max(0, room - listLines)))
  return all.filter((verdict) => verdict.verdict !== 'pass' || kept.has(verdict))
}

/** Small when it was a near thing. What allows nothing at all is never near: it either happened or not. */
function closeness(verdict: ReportedVerdict): number {
  if (verdict.required) return -1
  if (verdict.verdict !== 'pass' || !verdict.threshold.value || verdict.margin === null) return Number.MAX_VALUE
  return verdict.margin / Math.abs(verdict.threshold.value)
}

function rowOf(verdict: ReportedVerdict, paint: Paint): string[] {
  const word = `${paint.symbol(wordOf(verdict))} ${nameOf(wordOf(verdict))}`
  const oracle = oneLine(titleOf(verdict))
  if (verdict.verdict !== 'pass' && verdict.verdict !== 'fail') return [word, oracle, '', '', '', '']
  const { observed, limit, margin } = describeParts(verdict)
  const { name, source, bound } = verdict.threshold
  const threshold = `${nameInWords(oneLine(name))} ${bound === 'at-most' ? '≤' : '≥'} ${limit}`
  return [word, oracle, observed, threshold, margin, source]
}

function blockOf(verdict: ReportedVerdict, run: Run, line: string, indent: number, frame: Frame): Block {
  const { paint, width, verbose } = frame
  const row = paint.of(wordOf(verdict), line)
  const room = width - gutter.length
  switch (verdict.verdict) {
    case 'fail': {
      const sentence = `${oneLine(verdict.sentence)} ${othersInWords(verdict.violations)}`.trimEnd()
      if (verdict.waived) {
        const told = verbose ? wrapText(sentence, room) : []
        return { row, sentence: [...wrapText(waivedInWords(verdict.waived), room), ...told], hint: [], proof: [] }
      }
      const evidence = evidenceOf(verdict, run).join('; ')
      const hint = wrapText(oneLine(verdict.hint), room - 2).map((text, index) => `${index === 0 ? '→' : ' '} ${text}`)
      const cite = verbose ? citation(verdict, room) : []
      return {
        row,
        sentence: wrapText(sentence, room),
        hint,
        proof: [...wrapText(evidence && `(${evidence})`, room), ...cite].map(paint.dim),
      }
    }
    case 'inconclusive': {
      const { reason, detail } = verdict
      return unmeasured(row, line.length, `required by the scenario, ${reasons[reason]}: ${detail}`, indent, width)
    }
    case 'error':
      return unmeasured(row, line.length, `the oracle broke: ${verdict.message}`, indent, width)
    case 'pass':
      return { row, sentence: [], hint: [], proof: verbose ? citation(verdict, room).map(paint.dim) : [] }
    case 'not-applicable':
      return { row, sentence: [], hint: [], proof: [] }
  }
}

/** What has no numbers tells why in their place, or below when that is too long. */
function unmeasured(row: string, length: number, why: string, indent: number, width: number): Block {
  const text = oneLine(why)
  if (indent + text.length <= width)
    return { row: row + ' '.repeat(indent - length) + text, sentence: [], hint: [], proof: [] }
  return { row, sentence: wrapText(text, width - gutter.length), hint: [], proof: [] }
}

function citation(verdict: MeasuredVerdict, width: number): string[] {
  return wrapText(oneLine(`judged ${verdict.armed} times; threshold: ${verdict.threshold.cite}`), width)
}

/** Gives every failure the first line of its sentence, then the hints, then the rest of the sentences, then the proofs, in
 * order. A hint is shown whole or not at all, and so is a proof. */
function fit(blocks: readonly Block[], spare: number, width: number, paint: Paint): string[] {
  const needed = blocks.reduce(
    (sum, { sentence, hint, proof }) => sum + sentence.length + hint.length + proof.length,
    0,
  )
  // One line is kept to say that something was cut.
  let left = needed > spare ? spare - 1 : spare
  const take = (wanted: number): number => {
    const taken = Math.max(0, Math.min(wanted, left))
    left -= taken
    return taken
  }
  const whole = (wanted: number): number => (wanted <= left ? take(wanted) : 0)
  const first = blocks.map(({ sentence, hint }) => (hint.length > 0 ? take(Math.min(1, sentence.length)) : 0))
  const hints = blocks.map(({ hint }) => whole(hint.length))
  // What has nothing to advise says why with the room that is left.
  const rest = blocks.map(({ sentence }, index) => take(sentence.length - (first[index] ?? 0)))
  const proofs = blocks.map(({ proof }) => whole(proof.length))
  const lines = blocks.flatMap(({ row, sentence, hint, proof }, index) => {
    const shown = clipLines(sentence, (first[index] ?? 0) + (rest[index] ?? 0), width - gutter.length)
    const more = [...hint.slice(0, hints[index]), ...proof.slice(0, proofs[index])]
    return [row, ...[...shown, ...more].map((text) => gutter + text)]
  })
  const shown = [...first, ...hints, ...rest, ...proofs].reduce((sum, count) => sum + count, 0)
  return shown < needed ? [...lines, paint.dim(`${gutter}(cut to one screen: --verbose shows all of it)`)] : lines
}

function alsoPassed(all: readonly ReportedVerdict[], shown: readonly ReportedVerdict[], frame: Frame): string[] {
  const others = all.filter((verdict) => !shown.includes(verdict)).map((verdict) => oneLine(titleOf(verdict)))
  const { paint } = frame
  const word = `${paint.symbol('pass')} ${nameOf('pass')}  `
  const lead = others.length === all.length ? `all ${all.length}` : `${others.length} more`
  return listOf(word, `${lead}: `, others, frame, (line) => paint.of('pass', line))
}

/** What the client says of itself and this run never saw: which it was must not take a second run to learn. */
const ofProperties = new Set(['always-holds', 'sometimes-happens'])

function unseen(verdicts: readonly ReportedVerdict[], frame: Frame): string[] {
  const { paint } = frame
  return verdicts.flatMap((verdict) => {
    if (verdict.verdict !== 'inconclusive' || verdict.required || !ofProperties.has(verdict.oracle)) return []
    const word = `${paint.symbol('inconclusive')} ${oneLine(titleOf(verdict))}  `
    return listOf(word, '', [oneLine(verdict.detail)], frame, paint.dim)
  })
}

function unarmed(verdicts: readonly ReportedVerdict[], frame: Frame): string[] {
  const { paint, verbose } = frame
  const names = verdicts.flatMap((verdict) => {
    if (verdict.verdict !== 'inconclusive' || verdict.required || ofProperties.has(verdict.oracle)) return []
    const name = oneLine(titleOf(verdict))
    return [verbose ? `${name} (${oneLine(verdict.detail).replace(/\.$/u, '')})` : name]
  })
  const word = `${paint.symbol('inconclusive')} nothing, or too little, to judge  `
  return listOf(word, '', names, frame, paint.dim)
}

function notApplicable(verdicts: readonly ReportedVerdict[], frame: Frame): string[] {
  const { paint, verbose } = frame
  const names = verdicts.flatMap((verdict) => {
    if (verdict.verdict !== 'not-applicable') return []
    const name = oneLine(titleOf(verdict))
    return [verbose ? `${name} (needs ${oneLine(verdict.needs)})` : name]
  })
  return listOf(`${paint.symbol('not-applicable')} ${nameOf('not-applicable')}  `, '', names, frame, paint.dim)
}

/** One list of names behind a word, indented under it; in two lines unless everything was asked for. */
function listOf(
  word: string,
  lead: string,
  names: readonly string[],
  { width, verbose }: Frame,
  paint: (line: string) => string,
): string[] {
  if (names.length === 0) return []
  const room = width - word.length
  const lines = clipLines(wrapText(lead + names.join(', '), room), verbose ? Number.MAX_SAFE_INTEGER : listLines, room)
  return lines.map((line, index) => paint((index === 0 ? word : ' '.repeat(word.length)) + line))
}
