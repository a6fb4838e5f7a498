// An image with the redis-server of this machine and nothing else: no registry is asked.

import { execFileSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { buildImage } from '#container/image.ts'
import { inFolder, theEngine } from './engine.ts'

export async function redisImage(): Promise<string> {
  const tag = 'brownout-test/redis'
  const program = execFileSync('sh', ['-c', 'command -v redis-server'], { encoding: 'utf8' }).trim()
  const needed = execFileSync('ldd', [program], { encoding: 'utf8' })
  const libraries = Array.from(needed.matchAll(/(\/\S+) \(0x/gu), ([, path = '']) => path)
  const files = {
    ...Object.fromEntries(libraries.map((path) => [`root${path}`, { from: realpathSync(path) }] as const)),
    'root/bin/redis-server': { from: realpathSync(program) },
    'root/tmp/.keep': { text: '' },
    Dockerfile: { text: 'FROM scratch\nCOPY root /\nENV PATH=/bin\n' },
  }
  await inFolder(files, (context) => buildImage(theEngine(), { context, dockerfile: 'Dockerfile', tag }))
  return tag
}
