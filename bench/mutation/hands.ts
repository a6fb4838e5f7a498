// Several hands at work at once. One that takes too long is ended with everything it started, and a new one takes its place.

import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Trial, TrialEnd } from './hand.ts'

export interface Hand {
  /** `undefined` when it took longer than this. */
  attempt(trial: Trial, limitMs: number): Promise<TrialEnd | undefined>
  close(): void
}

const script = fileURLToPath(new URL('hand.ts', import.meta.url))

export function createHand(): Hand {
  let child: ChildProcess | undefined
  return {
    async attempt(trial, limitMs) {
      child ??= await start()
      const end = await answerOf(child, trial, limitMs)
      if (end === undefined) {
        child.kill('SIGKILL')
        child = undefined
      }
      return end
    },
    close: () => void child?.kill('SIGKILL'),
  }
}

function start(): Promise<ChildProcess> {
  const child = fork(script, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`A process that runs the tests ended with ${code}`)))
  })
}

/** A process that dies of a mutant has noticed it. */
function answerOf(child: ChildProcess, trial: Trial, limitMs: number): Promise<TrialEnd | undefined> {
  return new Promise((resolve) => {
    const settle = (end: TrialEnd | undefined) => {
      clearTimeout(timer)
      child.removeAllListeners('message').removeAllListeners('exit')
      resolve(end)
    }
    const timer = setTimeout(() => settle(undefined), limitMs)
    child.on('message', (end) => settle(end as TrialEnd))
    child.on('exit', () => settle(undefined))
    child.send(trial)
  })
}
