// Colours and symbols of the terminal, and what stands in for them where there are none.

import { styleText } from 'node:util'
import type { ReportOptions } from './reporter.ts'
import type { RunOutcome } from './outcome.ts'

type Style = Parameters<typeof styleText>[0]

export type Paint = {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly of: (word: Word, text: string) => string
  readonly symbol: (word: Word) => string
}

export type Word = RunOutcome | 'waived'

const words: Readonly<Record<Word, { unicode: string; ascii: string; style: Style; word: string }>> = {
  pass: { unicode: '✓', ascii: '+', style: 'green', word: 'PASS' },
  fail: { unicode: '✗', ascii: 'x', style: 'red', word: 'FAIL' },
  waived: { unicode: '~', ascii: '~', style: 'yellow', word: 'WAIVED' },
  inconclusive: { unicode: '?', ascii: '?', style: 'yellow', word: 'INCONCLUSIVE' },
  error: { unicode: '!', ascii: '!', style: 'magenta', word: 'ERROR' },
  rejected: { unicode: '!', ascii: '!', style: 'red', word: 'INVALID' },
  interrupted: { unicode: '!', ascii: '!', style: 'yellow', word: 'INTERRUPTED' },
  'not-applicable': { unicode: '-', ascii: '-', style: 'dim', word: 'n.a.' },
}

export function nameOf(word: Word): string {
  return words[word].word
}

export function createPaint({ color, unicode }: Pick<ReportOptions, 'color' | 'unicode'>): Paint {
  const style = (kind: Style, text: string): string => (color ? styleText(kind, text, { validateStream: false }) : text)
  return {
    bold: (text) => style('bold', text),
    dim: (text) => style('dim', text),
    of: (word, text) => style(words[word].style, text),
    symbol: (word) => (unicode ? words[word].unicode : words[word].ascii),
  }
}

const substitutes: Readonly<Record<string, string>> = { '·': '-', '→': '->', '≤': '<=', '≥': '>=', '…': '...' }

/** For terminals that show ASCII only: other characters could even act as controls there. */
export function asciiOnly(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the escape that starts our own colours stays
  return text.replaceAll(/[^\u001B\n\u0020-\u007E]/gu, (character) => substitutes[character] ?? '?')
}
