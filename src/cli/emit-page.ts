// Writes the program of report.html (`npm run page`), which is checked in: whoever runs Brownout needs no bundler. A test compares.

import { mkdirSync, writeFileSync } from 'node:fs'
import { pageProgram } from './page-program.ts'

const file = new URL('../../assets/report-page.js', import.meta.url)

mkdirSync(new URL('.', file), { recursive: true })
writeFileSync(file, await pageProgram())
