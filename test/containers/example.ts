// Builds the images that the client files of this folder name.

import { exampleImage, redisClientImage } from './clients.ts'

console.log(await exampleImage())
console.log(await redisClientImage())
process.exit(0)
