// A process that has a container, says so, and is killed.

import { containerEngine } from '#container/engine.ts'
import { Lodging } from '#container/lodging.ts'

const [image = ''] = process.argv.slice(2)
const lodging = await Lodging.open(await containerEngine())
await lodging.makeVolume('store')
const container = await lodging.create({ image, command: ['node'], memoryBytes: 200e6, cpus: 1, input: true })
await container.start()
process.stdout.write(lodging.run)
process.kill(process.pid, 'SIGKILL')
