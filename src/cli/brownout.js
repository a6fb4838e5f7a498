#!/usr/bin/env node
// The command `brownout`. Plain JavaScript that any Node understands, because an older one must be able to say what it needs,
// or to hand over to the Node that came with `npm ci`.

import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
// Compiled where it is installed, as written where it is worked on.
const entry = ['main.js', 'main.ts'].map((name) => new URL(name, import.meta.url)).find((url) => existsSync(url))

if (major > 22 || (major === 22 && minor >= 18)) await import(entry.href)
else handOver()

function handOver() {
  const node = bundledNode()
  if (!node) {
    process.stderr.write(
      `brownout needs Node 22.18 or newer, and this is ${process.version}. Install Node 24, or add it with "npm install --save-dev node@24".\n`,
    )
    process.exitCode = 2
    return
  }
  const child = spawn(node, [fileURLToPath(entry), ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both processes; this one waits for what the other makes of it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    process.stderr.write(`brownout could not start ${node}: ${error.message}\n`)
    process.exitCode = 2
  })
  child.on('exit', (code, signal) => {
    process.exit(signal ? 128 + constants.signals[signal] : (code ?? 4))
  })
}

/** The `node` package, in the node_modules of this package or of a directory above it. */
function bundledNode() {
  for (let directory = dirname(fileURLToPath(import.meta.url)); ; directory = dirname(directory)) {
    const bin = join(directory, 'node_modules', 'node', 'bin')
    const file = ['node', 'node.exe'].map((name) => join(bin, name)).find((path) => existsSync(path))
    if (file) return file
    if (directory === dirname(directory)) return undefined
  }
}
