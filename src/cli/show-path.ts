// How a file is called on the screen: relative to the working directory where that is shorter to type.

import { relative } from 'node:path'

export function showPath(cwd: string, file: string): string {
  const path = relative(cwd, file)
  return path.startsWith('..') ? file : path
}
