// `services` of a client file: what the client needs besides the API.

import { z } from 'zod'
import type { Problems } from './problem.ts'
import { argument, section, text } from './terms.ts'

const wordsMessage = 'must be a list of words, such as [redis-server]'

export const servicesSchema = section({
  redis: section({
    image: text(/^\w[\w./:@-]{0,499}$/u, 'must be the name of an image, such as redis:7-alpine')
      .optional()
      .describe('A container of this image.'),
    command: z
      .array(argument, {
        error: (issue) => (issue.input === undefined ? undefined : wordsMessage),
      })
      .min(1, wordsMessage)
      .max(100, wordsMessage)
      .optional()
      .describe('A server of this machine, and its arguments.'),
  })
    .optional()
    .describe('A real Redis, started empty for each run: whichever is at hand, an image, or a command.'),
}).describe('What the client needs besides the API.')

/** `root` is what messages call the file. */
export function checkServices(
  services: z.infer<typeof servicesSchema> | undefined,
  root: string,
  problems: Problems,
): void {
  const { image, command } = services?.redis ?? {}
  if (command?.[0] === '')
    problems.value([root, 'services', 'redis', 'command', 0], 'the server to start has no name', 'Write: redis-server')
  if (image !== undefined && command !== undefined)
    problems.key([root, 'services', 'redis', 'command'], 'a Redis has an image or a command, and not both')
}
