// Texts and paths as SARIF reads them.

/** In a message, `[words](target)` is a link and `{0}` a placeholder. Neither is ever meant by us. */
export function inertMessage(text: string): string {
  return text.replaceAll('](', '] (').replaceAll(/\{(?=\d+\})/gu, '{ ')
}

/** A relative path as a relative URI reference. A colon in its first part would make it a scheme. */
export function uriOf(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/').map(encodeURIComponent)
  return parts.join('/')
}
