// `package.json` with the script `chaos` in it, and everything else as somebody has written it: the text is changed where the script stands,
// and not written anew.

import { keyPlaces } from '#scenario/key-places.ts'

export const script = 'brownout'

/** Of `parsed`, which is what the text says. */
export function withScript(text: string, parsed: { readonly scripts?: object }): string {
  const wanted = { ...parsed, scripts: { ...parsed.scripts, chaos: script } }
  const changed = edited(text)
  // What says something twice is understood in one way by whoever reads it, and in another here.
  return isDeepEqual(changed, wanted) ? changed : `${JSON.stringify(wanted, null, 2)}\n`
}

function isDeepEqual(text: string, wanted: unknown): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify(wanted)
  } catch {
    return false
  }
}

const lead = 'module.exports = '
type Span = { readonly start: number; readonly end: number }

/** JSON is an object as JavaScript has it. */
function edited(text: string): string {
  const places = new Map(
    keyPlaces(lead + text).map(({ path, value }) => [
      path.join('\0'),
      { start: value.start - lead.length, end: value.end - lead.length },
    ]),
  )
  const last = (parent: string): Span | undefined => {
    const depth = parent === '' ? 1 : 2
    const own = [...places].filter(([path]) => path !== '' && path.split('\0').length === depth)
    return own.filter(([path]) => parent === '' || path.startsWith(`${parent}\0`)).at(-1)?.[1]
  }
  const chaos = places.get('scripts\0chaos')
  if (chaos) return text.slice(0, chaos.start) + JSON.stringify(script) + text.slice(chaos.end)
  const [root, scripts] = [places.get(''), places.get('scripts')]
  if (!root) return text
  const outer = last('') ? gapIn(text, root) : '\n'
  const unit = /[ \t]+$/u.exec(outer)?.[0] ?? '  '
  if (scripts) return withMember(text, scripts, last('scripts'), `"chaos": "${script}"`, { outer, unit })
  const gap = last('') ? outer : outer + unit
  const end = gap.includes('\n') ? gap : ' '
  const inner = gap.includes('\n') ? gap + unit : ' '
  return withMember(text, root, last(''), `"scripts": {${inner}"chaos": "${script}"${end}}`, { outer: '\n', unit })
}

/** Behind the last one, as far from it as the first is from its brace. */
function withMember(
  text: string,
  parent: Span,
  last: Span | undefined,
  member: string,
  { outer, unit }: { readonly outer: string; readonly unit: string },
): string {
  if (last) return `${text.slice(0, last.end)},${gapIn(text, parent)}${member}${text.slice(last.end)}`
  const [before, after] = outer.includes('\n') ? [outer + unit, outer] : [' ', ' ']
  return `${text.slice(0, parent.start)}{${before}${member}${after}}${text.slice(parent.end)}`
}

function gapIn(text: string, { start }: Span): string {
  return /^\s*/u.exec(text.slice(start + 1))?.[0] ?? ''
}
