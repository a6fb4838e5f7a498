// Pages as tests compare them.

/** Without the program and the sheet, which are the same in every page, and without the drawing's data; a line for each block. */
export function bare(page: string): string {
  return page
    .replace(/<style>[\s\S]*?<\/style>/u, '<style></style>')
    .replace(/(<script type="application\/json" id="data">)[\s\S]*?(<\/script>)/u, '$1$2')
    .replace(/<script>[\s\S]*?<\/script>/u, '<script></script>')
    .replace(/sha256-[^&]*/u, 'sha256-')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/ ?(?=<(?:article|div|figure|h\d|header|li|p|section|table|tr)\b)/gu, '\n')
}

/** The page as a tree; a foreign text that became an element would change it. */
export function elementsOf(page: string): string {
  return Array.from(bare(page).matchAll(/<(\/?[a-zA-Z!][\w-]*)/gu), ([, name]) => name).join(' ')
}
