// One line for each oracle, failures first and each with its witness and what to change. What does not apply is one line
// together. When the room is short, hints go before sentences, and those of later failures before those of the first.

import { alignColumns, clipLines, wrapText } from './layout.ts'
import { nameOf, type Paint } from './paint.ts'
import { describeParts, nameInWords, othersInWords, titleOf } from './quantity.ts'
import { oneLine } from '#context/foreign-text.ts'
import type { MeasuredVerdict, ReportedVerdict } from './report-schema.ts'

type Frame = { readonly paint: Paint; readonly width: number; readonly room: number; readonly verbose: boolean }
type Block = { readonly row: string; readonly sentence: readonly string[]; readonly hint: readonly string[] }

/** What cost the verdict comes first; what had nothing to judge, and was not asked for, comes last. */
const ranks: readonly ((verdict: ReportedVerdict) => boolean)[] = [
  ({ verdict }) => verdict === 'fail',
  ({ verdict }) => verdict === 'error',
  ({ verdict, required }) => verdict === 'inconclusive' && required,
  ({ verdict }) => verdict === 'pass',
  ({ verdict, required }) => verdict === 'inconclusive' && !required,
]
const reasons = { 'not-armed': 'not armed', 'few-samples': 'few samples', uncertain: 'uncertain' } as const
const gutter = '    '

export function oracleLines(verdicts: readonly ReportedVerdict[], frame: Frame): string[] {
  const { paint, width } = frame
  const judged = ranks.flatMap((belongs) => verdicts.filter(belongs))
  const rows = alignColumns(
    [['', 'oracle', 'worst', 'threshold', 'margin', 'set by'], ...judged.map((verdict) => rowOf(verdict, paint))],
    ['left', 'left', 'right', 'left', 'right', 'left'],
  )
  const names = alignColumns(
    [['', 'oracle'], ...judged.map((verdict) => rowOf(verdict, paint).slice(0, 2))].map((row) => [...row, '|']),
    ['left', 'left', 'left'],
  )
  const [head = '', ...lines] = rows
  const indent = (names[0]?.length ?? 1) - 1
  const blocks = judged.map((verdict, index) => blockOf(verdict, lines[index] ?? '', indent, frame))
  const others = notApplicable(verdicts, frame)
  const spare = frame.room - blocks.length - 1 - others.length
  return [...(judged.length > 0 ? [paint.dim(head)] : []), ...fit(blocks, spare, width), ...others]
}

function rowOf(verdict: ReportedVerdict, paint: Paint): string[] {
  const word = `${paint.symbol(verdict.verdict)} ${nameOf(verdict.verdict)}`
  const oracle = oneLine(titleOf(verdict))
  if (verdict.verdict !== 'pass' && verdict.verdict !== 'fail') return [word, oracle, '', '', '', '']
  const { observed, limit, margin } = describeParts(verdict)
  const { name, source, bound } = verdict.threshold
  const threshold = `${nameInWords(oneLine(name))} ${bound === 'at-most' ? '≤' : '≥'} ${limit}`
  return [word, oracle, observed, threshold, margin, source]
}

function blockOf(verdict: ReportedVerdict, line: string, indent: number, frame: Frame): Block {
  const { paint, width, verbose } = frame
  const row = paint.of(verdict.verdict, line)
  const room = width - gutter.length
  switch (verdict.verdict) {
    case 'fail': {
      const sentence = `${oneLine(verdict.sentence)} ${othersInWords(verdict.violations)}`.trimEnd()
      const hint = wrapText(oneLine(verdict.hint), room - 2).map((text, index) => `${index === 0 ? '→' : ' '} ${text}`)
      const cite = verbose ? citation(verdict, room) : []
      return {
        row,
        sentence: wrapText(sentence, room),
        hint: [...hint, ...cite].map(paint.dim),
      }
    }
    case 'inconclusive': {
      const { required, reason, detail } = verdict
      const why = required ? `required by the scenario, ${reasons[reason]}: ${detail}` : detail
      return unmeasured(required ? row : paint.dim(line), line.length, why, indent, width)
    }
    case 'error':
      return unmeasured(row, line.length, `the oracle broke: ${verdict.message}`, indent, width)
    case 'pass':
      return { row, sentence: [], hint: verbose ? citation(verdict, room).map(paint.dim) : [] }
    case 'not-applicable':
      return { row, sentence: [], hint: [] }
  }
}

/** What has no numbers tells why in their place, or below when that is too long. */
function unmeasured(row: string, length: number, why: string, indent: number, width: number): Block {
  const text = oneLine(why)
  if (indent + text.length <= width) return { row: row + ' '.repeat(indent - length) + text, sentence: [], hint: [] }
  return { row, sentence: wrapText(text, width - gutter.length), hint: [] }
}

function citation(verdict: MeasuredVerdict, width: number): string[] {
  return wrapText(oneLine(`judged ${verdict.armed} times; threshold: ${verdict.threshold.cite}`), width)
}

/** Gives every failure the first line of its sentence, then the rest of the sentences, then the hints, in order. */
function fit(blocks: readonly Block[], spare: number, width: number): string[] {
  let left = spare
  const take = (wanted: number): number => {
    const taken = Math.max(0, Math.min(wanted, left))
    left -= taken
    return taken
  }
  const first = blocks.map(({ sentence, hint }) => (hint.length > 0 ? take(Math.min(1, sentence.length)) : 0))
  const rest = blocks.map(({ sentence, hint }) => (hint.length > 0 ? take(Math.max(0, sentence.length - 1)) : 0))
  const hints = blocks.map(({ hint }) => (hint.length <= left ? take(hint.length) : 0))
  // What has nothing to advise says why with the room that is left.
  blocks.forEach(({ sentence, hint }, index) => {
    if (hint.length === 0) first[index] = take(sentence.length)
  })
  return blocks.flatMap(({ row, sentence, hint }, index) => {
    const shown = clipLines(sentence, (first[index] ?? 0) + (rest[index] ?? 0), width - gutter.length)
    return [row, ...[...shown, ...hint.slice(0, hints[index])].map((text) => gutter + text)]
  })
}

function notApplicable(verdicts: readonly ReportedVerdict[], { paint, width, verbose }: Frame): string[] {
  const names = verdicts.flatMap((verdict) =>
    verdict.verdict === 'not-applicable' ? [`${oneLine(titleOf(verdict))} (needs ${oneLine(verdict.needs)})`] : [],
  )
  if (names.length === 0) return []
  const head = `${paint.symbol('not-applicable')} ${nameOf('not-applicable')}  `
  const lines = clipLines(
    wrapText(names.join(', '), width - head.length),
    verbose ? names.length : 2,
    width - head.length,
  )
  return lines.map((line, index) => paint.dim((index === 0 ? head : ' '.repeat(head.length)) + line))
}
