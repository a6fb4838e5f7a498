// What is sent to the engine to build an image of: the files of a folder, without those that its .dockerignore names. The Dockerfile goes along
// even then, as `docker build` has it.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { Readable } from 'node:stream'
import library from '@balena/dockerignore'
import tar from 'tar-fs'

// A CommonJS module that says it is none.
const { default: dockerignore } = library

export function packContext(folder: string, dockerfile: string): NodeJS.ReadableStream {
  const packed: Readable = tar.pack(folder, { entries: [...sentFiles(folder, dockerfile)] }) as never
  return packed
}

export function sentFiles(folder: string, dockerfile: string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
  const list = join(folder, '.dockerignore')
  if (!existsSync(list)) return new Set(files)
  const patterns = readFileSync(list, 'utf8').split(/\r?\n/u)
  return new Set([...dockerignore({ ignorecase: false }).add(patterns).filter(files), dockerfile])
}
