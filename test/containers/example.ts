// Builds the images that the client files of this folder name.

import { exampleImage } from './clients.ts'

console.log(await exampleImage())
process.exit(0)
