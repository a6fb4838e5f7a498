// Foreign text (error messages of the client, names in files, hosts) made fit to be shown: no secrets, no e-mail addresses,
// no machine's paths, and nothing that a terminal, an XML parser or a reader's eye could take for something else.
// Every function is idempotent, and linear in the length of the text.

import { stripVTControlCharacters } from 'node:util'

/** C0 except the newline, DEL, C1; soft hyphen, zero-width and bidirectional controls; line separators; tags; non-characters. */
const invisible =
  // oxlint-disable-next-line no-control-regex -- these are exactly the characters that must not get through
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB\uFFFE\uFFFF\u{E0000}-\u{E007F}]/gu

/** Without terminal sequences, controls and invisible characters; only newlines stay. Lone surrogates become U+FFFD. */
export function plainText(text: string): string {
  const lines = text.replaceAll(/\r\n?/gu, '\n').replaceAll('\t', ' ')
  return stripVTControlCharacters(lines).toWellFormed().replaceAll(invisible, '')
}

/** Plain, and all on one line. */
export function oneLine(text: string): string {
  return plainText(text).replaceAll(/\s+/gu, ' ').trim()
}

const secrets: readonly (readonly [RegExp, string])[] = [
  // Prose is lost with it ("Bearer authentication"): a token can look like any word.
  [/\b(Bearer|Basic)\s+(?!(?:Bearer|Basic)\s)[\w.~+/=-]{6,}/giu, '$1 [redacted]'],
  [/(?<![A-Za-z0-9])(?:tok|sk|pk|rk|gh[pousr]|github_pat|glpat|xox[abeprs])[_-][\w=-]{4,}/gu, '[redacted]'],
  [/(?<![A-Za-z0-9])dG9r[\w+/=-]{8,}/gu, '[redacted]'],
  [/\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/gu, '[redacted]'],
  [/\bAKIA[0-9A-Z]{16}\b/gu, '[redacted]'],
  [/\/\/[^\s/@:]{1,100}:[^\s/@]{1,200}@/gu, '//[redacted]@'],
  [
    /\b(authorization|api[_-]?key|access[_-]?token|client[_-]?secret|token|secret|password|passwd)(["']?\s{0,3}[:=]\s{0,3}["']?)(?!\[redacted|(?:Bearer|Basic)\s)[^\s"',;&)}\][]{4,}/giu,
    '$1$2[redacted]',
  ],
  [/\b((?:set-)?cookie2?)(["']?\s{0,3}[:=]\s{0,3}["']?)(?!\[redacted)[^\n"']{4,}/giu, '$1$2[redacted]'],
  // What somebody wrote to somebody: a field of a request or an answer that an error repeats.
  [/(\bbody["']?\s{0,3}:\s{0,3}["'])(?!\[redacted)(?:[^"'\\\n]|\\.){1,}/giu, '$1[redacted]'],
  [/[\w.%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8}\.[A-Za-z]{2,24}\b/gu, '[email]'],
]

/** Tokens, keys, passwords and e-mail addresses replaced by a word in brackets. */
export function redactSecrets(text: string): string {
  return secrets.reduce((kept, [pattern, word]) => kept.replaceAll(pattern, word), text)
}

const sourceFile =
  /(?<![\w.@~-])(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][^\s\\/'"`():]{1,255}){1,64}[\\/]([^\s\\/'"`():]{1,255}\.[cm]?[jt]sx?)\b/gu
const systemCall =
  /(, (?:access|copyfile|lstat|mkdir|open|read|rename|rmdir|scandir|stat|unlink|write) ')[^']{0,1000}[\\/]([^'\\/]{1,255}')/gu
const stack = /\n\s*at (?=[^\n]*(?::\d+|\)))[\s\S]*$/u

/** Absolute paths of source files and of failed file operations cut to the file's name, stack traces cut off. */
function hidePaths(text: string): string {
  return text.replace(stack, '').replaceAll(systemCall, '$1$2').replaceAll(sourceFile, '$1')
}

/** What a report may show of a text that somebody else wrote. */
export function presentable(text: string): string {
  return redactSecrets(hidePaths(plainText(text)))
}
