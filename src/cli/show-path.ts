// How a file is called on the screen: relative to the working directory where that is shorter to type.

import { pathFrom, slashed } from '#context/path-from.ts'

export function showPath(cwd: string, file: string): string {
  const path = pathFrom(cwd, file)
  return path.startsWith('..') ? slashed(file) : path
}
