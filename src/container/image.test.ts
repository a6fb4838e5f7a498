import { expect, test } from 'vitest'
import { engine, inFolder, nodeImage, theEngine, type Files } from '../../test/containers/engine.ts'
import { buildImage, findImage } from './image.ts'

const tag = 'brownout-test/never-built'

function build(files: Files, dockerfile = 'Dockerfile'): Promise<string> {
  return inFolder(files, async (context) => {
    try {
      return await buildImage(theEngine(), { context, dockerfile, tag })
    } catch (error) {
      return String(error).replaceAll(context, '<folder>')
    }
  })
}

test.skipIf(!engine)('an image that is here is not pulled', async () => {
  expect(await findImage(theEngine(), await nodeImage())).toMatch(/^sha256:/u)
})

test.skipIf(!engine).for(['UPPER/Case', 'a:b:c:d', 'desk@sha256:zz'])(
  '%s is no name, and that is a mistake',
  async (name) => {
    await expect(findImage(theEngine(), name)).rejects.toThrow(
      new RegExp(`^The container engine does not take the name "${name}": .*invalid reference format`, 'u'),
    )
  },
)

test.skipIf(!engine)('an image that is nowhere is told with the words of the engine', async () => {
  await expect(findImage(theEngine(), '127.0.0.1:1/nowhere:1')).rejects.toThrow(
    /^There is no image "127\.0\.0\.1:1\/nowhere:1" here, and it cannot be pulled: .*connection refused\.$/u,
  )
})

test.skipIf(!engine)('a build that fails shows the end of what it printed', async () => {
  const dockerfile = `FROM ${await nodeImage()}\nRUN ["node", "-e", "console.log('compiling'); process.exit(3)"]\n`
  const told = await build({ Dockerfile: { text: dockerfile } })
  expect(told).toMatch(/^The image in <folder> cannot be built: .*returned a non-zero code: 3\./u)
  expect(told).toMatch(/\n {2}compiling\n/u)
  expect(told).toMatch(/See what `docker build -f <folder>\/Dockerfile <folder>` says\.$/u)
})

test.skipIf(!engine).for([
  ['no Dockerfile', {}, 'There is no Dockerfile in <folder>, of which an image is to be built.'],
  [
    'nonsense',
    { Dockerfile: { text: 'BAKE a cake' } },
    'The image in <folder> cannot be built: dockerfile parse error line 1: unknown instruction: BAKE.',
  ],
] as const)('%s is told', async ([, files, sentence]) => {
  expect(await build(files)).toContain(sentence)
})
