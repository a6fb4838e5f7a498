// Images: one that is named must be here, or is pulled; one that is described is built. What goes wrong is the user's to mend, and is told with the
// words of the engine.

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { presentable } from '#context/foreign-text.ts'
import { UserError } from '#context/user-error.ts'
import { engineWords, isMissing, type Docker } from './engine.ts'

export type Build = {
  /** The folder that is sent to the engine, without what its .dockerignore names. */
  readonly context: string
  /** Relative to it. */
  readonly dockerfile: string
  /** What the image is called: the same for the same build, so that the next one is quick. */
  readonly tag: string
}

type Step = { readonly stream?: string; readonly error?: string }

const linesShown = 15

/** The id of the image of that name. */
export async function findImage(docker: Docker, name: string): Promise<string> {
  try {
    return (await docker.getImage(name).inspect()).Id
  } catch (error) {
    if (!isMissing(error))
      throw new UserError(`The container engine does not take the name "${name}": ${oneLine(engineWords(error))}.`, {
        hint: 'Write it as `docker run` takes it, such as registry.example.com/desk:1.4.',
      })
  }
  try {
    await followed(docker, await docker.pull(name))
    return (await docker.getImage(name).inspect()).Id
  } catch (error) {
    throw new UserError(`There is no image "${name}" here, and it cannot be pulled: ${oneLine(engineWords(error))}.`, {
      hint: `Build it, or see what \`docker pull ${name}\` says. An image that is built from a folder needs no name: \`build: ./folder\`.`,
    })
  }
}

/** The id of the image that was built. */
export async function buildImage(docker: Docker, { context, dockerfile, tag }: Build): Promise<string> {
  checkContext(context, dockerfile)
  const lines: string[] = []
  try {
    const { packContext } = await import('./context.ts')
    const sent = await docker.buildImage(packContext(context, dockerfile), {
      t: tag,
      dockerfile,
      rm: true,
      forcerm: true,
    })
    await followed(docker, sent, ({ stream = '' }) => lines.push(stream))
    return (await docker.getImage(tag).inspect()).Id
  } catch (error) {
    const said = presentable(lines.join('')).trimEnd().split('\n').slice(-linesShown)
    const printed =
      said.join('\n') === '' ? {} : { excerpt: ['It printed:', ...said.map((line) => `  ${line}`)].join('\n') }
    throw new UserError(`The image in ${context} cannot be built: ${oneLine(engineWords(error))}.`, {
      ...printed,
      hint: `See what \`docker build -f ${join(context, dockerfile)} ${context}\` says.`,
    })
  }
}

function checkContext(context: string, dockerfile: string): void {
  const isThere = statSync(join(context, dockerfile), { throwIfNoEntry: false })?.isFile() ?? false
  if (isThere) return
  throw new UserError(`There is no ${dockerfile} in ${context}, of which an image is to be built.`, {
    hint: 'Name another with `build: { context: ., dockerfile: other.Dockerfile }`.',
  })
}

/** To its end, which may be an error among what is told. */
function followed(
  docker: Docker,
  stream: NodeJS.ReadableStream,
  onStep: (step: Step) => void = () => {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, steps: readonly (Step | undefined)[] | null): void => {
      const failed = steps?.find((step) => step?.error !== undefined)
      if (error) reject(error)
      else if (failed) reject(new Error(failed.error))
      else resolve()
    }
    docker.modem.followProgress(stream, done, onStep)
  })
}

function oneLine(text: string): string {
  return presentable(text).replaceAll(/\s+/gu, ' ').trim().replace(/\.$/u, '')
}
