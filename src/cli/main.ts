#!/usr/bin/env node
// Where the process begins and ends. Whatever happens, it ends with a sentence and one of the exit codes.

import { enableCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findOwnModulesQuickly } from '#context/own-modules.ts'

// Compiled code is kept between runs, also for the processes in which clients run. Everything else is imported after this.
const cache = (process.env['NODE_COMPILE_CACHE'] ||= join(tmpdir(), 'node-compile-cache'))
enableCompileCache(cache)
findOwnModulesQuickly()

const { runCli, tellFailure } = await import('./program.ts')
const { flushed, tolerateClosedPipes } = await import('./terminal.ts')

tolerateClosedPipes()
process.on('uncaughtException', (error) => process.exit(tellFailure(error)))
process.exitCode = await runCli(process.argv.slice(2))
await flushed()
process.exit()
