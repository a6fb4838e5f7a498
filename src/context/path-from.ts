// A path as it is typed and as reports have it: with slashes everywhere. Windows takes them as well, and its own separator is a sign of most
// shells, the beginning of nothing in a link, and another byte in a report that should be the same on every machine.

import { relative, sep } from 'node:path'

export function pathFrom(directory: string, file: string): string {
  return slashed(relative(directory, file))
}

/** Elsewhere than on Windows a backslash is a letter of a name. */
export function slashed(path: string): string {
  return path.replaceAll(sep, '/')
}
