// The document around a page. Its policy allows the one script that is in it, and no network at all: even if a foreign text were
// taken for markup, it could not run and could not call home.

import { assets } from './assets.ts'
import { html, jsonForScript, Markup } from './markup.ts'

export type Page = {
  readonly title: string
  readonly body: Markup
  /** For the program in the page; `null` when there is nothing to draw. */
  readonly data: unknown
}

export function documentOf({ title, body, data }: Page): string {
  const { script, style, scriptHash } = assets()
  const policy = `default-src 'none'; script-src 'sha256-${scriptHash}'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`
  // The hash is of every character between the tags.
  const program = new Markup(`<script>${script}</script>`)
  const told = new Markup(`<script type="application/json" id="data">${jsonForScript(data).text}</script>`)
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${policy}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>${title}</title>
      ${new Markup(`<style>\n${style}</style>`)}
    </head>
    <body>
      ${body} ${told} ${program}
    </body>
  </html>`
  return `<!doctype html>\n${page.text}\n`
}
