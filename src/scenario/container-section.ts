// What the file of a client says of a container: its image or how that is built, what it may take, and how it is spoken to.

import { createHash } from 'node:crypto'
import { basename, dirname, resolve } from 'node:path'
import { z } from 'zod'
import type { ContainerLocation } from '#client/resolve-client.ts'
import { limits } from '#context/limits.ts'
import { section, text, wholeNumber, word } from './terms.ts'

const memoryMessage = 'must be an amount of memory such as 512MB or 2GB, and no less than 6MB'
const cpusMessage = 'must be a number of processors from 0.1 to 64'

export const containerKeys = {
  image: text(/^[\w][\w.:/@-]{0,300}$/u, 'must be the name of an image, such as desk:1.4')
    .optional()
    .describe(
      'Instead of a command: the image of a container in which the driver is. It is pulled when it is not here.',
    ),
  build: z
    .union([
      word,
      section({
        context: word.describe('The folder that is sent to the engine, relative to this file.'),
        dockerfile: word.optional().describe('Relative to that folder. Default: Dockerfile.'),
      }),
    ])
    .optional()
    .describe('Instead of an image: the folder to build it of, relative to this file.'),
  memory: text(/^\d{1,6}(?:MB|GB)$/u, memoryMessage)
    .refine((written) => bytesIn(written) >= 6e6, memoryMessage)
    .optional()
    .describe(`How much memory the container may take, as in "512MB", which is the default.`),
  cpus: z
    .number({ error: (issue) => (issue.input === undefined ? undefined : cpusMessage) })
    .min(0.1, cpusMessage)
    .max(64, cpusMessage)
    .optional()
    .describe('How many processors it may keep busy. Default: 1.'),
  port: wholeNumber(1, 65_535)
    .optional()
    .describe('Where the driver is a server in the container. Default: it speaks over standard input and output.'),
  path: text(/^\/[^\s\p{Cc}]{0,300}$/u, 'must be a path such as /driver')
    .optional()
    .describe('Where it listens at that port. Default: /.'),
}

type Written = z.infer<z.ZodObject<typeof containerKeys>>

/** The keys that mean nothing without a container. */
export function containerOnly({ memory, cpus, port, path }: Written): Readonly<Record<string, unknown>> {
  return { memory, cpus, port, path }
}

export function containerIn(
  { image, build, memory, cpus, port, path }: Written,
  file: string,
): Omit<ContainerLocation['container'], 'command' | 'env'> | undefined {
  const described = build === undefined ? image : buildOf(build, file)
  if (described === undefined) return undefined
  return {
    image: described,
    memoryBytes: memory === undefined ? limits.containerBytes : bytesIn(memory),
    cpus: cpus ?? limits.containerCpus,
    ...(port !== undefined && { serves: { port, path: path ?? '/' } }),
  }
}

function buildOf(build: NonNullable<Written['build']>, file: string) {
  const { context, dockerfile = 'Dockerfile' } = typeof build === 'string' ? { context: build } : build
  const folder = resolve(dirname(file), context)
  // The same file builds the same image again, so that the engine's cache serves and old ones are replaced.
  const hash = createHash('sha256').update(file).digest('hex').slice(0, 12)
  const called = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-+|-+$/gu, '')
  return { context: folder, dockerfile, tag: `brownout-client/${called || 'client'}:${hash}` }
}

function bytesIn(written: string): number {
  return Number.parseInt(written, 10) * (written.endsWith('GB') ? 1e9 : 1e6)
}
