// What a client hands over is looked at by code of ours that must not fail for it.

import { AssertionError } from 'node:assert/strict'
import type { Intent } from './intent.ts'

/** Reading a client's value may run the client's code: a value that throws when it is read shows nothing. */
export function guarded(intent: Intent): Intent {
  return {
    ...intent,
    truth: (...about) => {
      try {
        return intent.truth(...about)
      } catch (error) {
        if (error instanceof AssertionError) throw error
        return undefined
      }
    },
  }
}
