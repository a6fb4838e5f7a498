// HTML from templates that escape whatever is put into them, unless it is markup already. Everything that a scenario, a client or
// a service wrote comes through here.

/** Text that is HTML. Only `html` makes it, so that nothing becomes markup by accident. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

type Content = string | number | Markup | null | undefined | false | readonly Content[]

export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + shown(contents[index])).join(''))
}

function shown(content: Content): string {
  if (content === null || content === undefined || content === false) return ''
  if (content instanceof Markup) return content.text
  if (typeof content === 'string') return escapeText(content)
  if (typeof content === 'number') return String(content)
  return content.map(shown).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** For text and for quoted attributes. */
function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? '')
}

const scriptEscapes = /[<>&\u2028\u2029]/gu

/** Data for a script element of type `application/json`: no text in it can end the element or begin a comment. */
export function jsonForScript(data: unknown): Markup {
  const text = JSON.stringify(data)
  return new Markup(text.replaceAll(scriptEscapes, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`))
}
